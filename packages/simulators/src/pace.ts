import { setTimeout as sleep } from 'node:timers/promises';

/** The time in which the vendor works. What waits ends with the simulator. */
export class Pace {
  /** How many times faster than the vendor. Counts for what begins to wait after it was changed. */
  speed: number;
  readonly #stopping = new AbortController();

  constructor(speed: number) {
    this.speed = speed;
  }

  /** Waits as long as the vendor would. */
  async wait(vendor_ms: number): Promise<void> {
    await this.waitExactly(vendor_ms / this.speed);
  }

  /** Waits so long; less than a millisecond is nothing. */
  async waitExactly(ms: number): Promise<void> {
    if (ms >= 1) await sleep(ms, undefined, { signal: this.#stopping.signal });
  }

  /** Does something after the time that the vendor takes for it. */
  later(vendor_ms: number, work: () => void): void {
    // Only the end of the simulator ends a wait early.
    this.wait(vendor_ms).then(work, () => {});
  }

  stop(): void {
    this.#stopping.abort();
  }
}
