/** Counts requests against a limit of so many a second. */
export class RequestLimit {
  /** 0: no limit. */
  per_second = 0;
  #second = 0;
  #count = 0;

  /** Counts a request. @returns how many are left in this second, below zero for one too many; null without a limit */
  count(now_ms: number): number | null {
    if (this.per_second === 0) return null;
    const second = Math.floor(now_ms / 1_000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    this.#count += 1;
    return this.per_second - this.#count;
  }
}
