import type { Pace } from './pace.ts';

/** Vendors call again a few times where they were not answered. */
const TRIES = 5;
const PAUSE_MS = 10_000;
const TIMEOUT_MS = 10_000;

/** Signs what is sent. */
type Sign = (body: string) => Readonly<Record<string, string>>;

/** Calls clients back, late and several times at will. */
export class Callbacks {
  /** Where to, of vendors that are told so in their dashboard. */
  url: string | null = null;
  /** How much later than the vendor would, in milliseconds. */
  delay_ms = 0;
  /** How often each is sent. */
  times = 1;
  readonly #pace: Pace;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Sends what is so now, in the background. */
  send(url: string, told: object, headers: Readonly<Record<string, string>> = {}): void {
    const body = JSON.stringify(told);
    for (let i = 0; i < this.times; i += 1) this.#post(url, body, headers).catch(() => {});
  }

  /** Sends what is so now to whom the dashboard names, if anybody. */
  notify(told: object, sign: Sign = () => ({})): void {
    if (this.url !== null) this.send(this.url, told, sign(JSON.stringify(told)));
  }

  async #post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<void> {
    await this.#pace.waitExactly(this.delay_ms);
    for (let i = 0; i < TRIES; i += 1) {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch(() => null);
      await response?.body?.cancel();
      if (response?.ok) return;
      await this.#pace.wait(PAUSE_MS);
    }
  }
}
