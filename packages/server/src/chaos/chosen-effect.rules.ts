import { createHash } from 'node:crypto';

/** Draws a number from 0 to below 100: the same for the same seed and number. */
function draw(seed: number, of: string, number: number): number {
  const digest = createHash('sha256').update(`${seed} ${of} ${number}`).digest();
  return (digest.readUInt32BE(0) / 2 ** 32) * 100;
}

/**
 * Chooses what an order or event meets, by the shares of the effects in per cent; null for nothing.
 * @param number which one it is: the same one always meets the same
 */
export function chooseEffect<E extends string>(
  among: readonly E[],
  shares: Partial<Record<E, number>>,
  { seed, of, number }: { seed: number; of: 'order' | 'event'; number: number },
): E | null {
  const drawn = draw(seed, of, number);
  let upTo = 0;
  for (const effect of among) {
    upTo += shares[effect] ?? 0;
    if (drawn < upTo) return effect;
  }
  return null;
}
