import type { Pace } from './pace.ts';

/** Vendors call again a few times where they were not answered. */
const TRIES = 5;
const PAUSE_MS = 10_000;
const TIMEOUT_MS = 10_000;

/** Calls clients back, late and several times at will. */
export class Callbacks {
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
