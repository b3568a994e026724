/** Below this, every microsecond has a counter of its own; above, a counter covers 1/64 to 1/128 of its value. */
const EXACT_BELOW = 128;
const LONGEST_US = 2 ** 31 - 1;

/** Finds the slot in which a value is counted: the 7 bits behind its highest one say how exactly. */
function slotOf(us: number): number {
  if (us < EXACT_BELOW) return us;
  const shift = 25 - Math.clz32(us);
  return shift * 64 + (us >>> shift);
}

/** Gives the middle of the values that are counted in a slot. */
function middleOf(slot: number): number {
  if (slot < EXACT_BELOW) return slot;
  const shift = (slot >>> 6) - 1;
  const low = (slot - shift * 64) * 2 ** shift;
  return low + (2 ** shift - 1) / 2;
}

/** Latencies, counted in constant space, good to 1 %. */
export class Histogram {
  readonly #counts = new Uint32Array(slotOf(LONGEST_US) + 1);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Counts one latency in milliseconds. */
  record(ms: number): void {
    const us = Math.min(Math.max(Math.round(ms * 1_000), 0), LONGEST_US);
    const slot = slotOf(us);
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
    this.#total += 1;
  }

  /**
   * The latency in milliseconds that this share of all did not exceed.
   * @param share 0.99 for the 99th percentile
   */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(this.#total * share));
    for (const [slot, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return middleOf(slot) / 1_000;
    }
    throw new Error('nothing was recorded');
  }
}
