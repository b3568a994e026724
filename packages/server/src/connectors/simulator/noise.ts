import { createHash } from 'node:crypto';

const BITS = 48;

/** Gives a whole number below 2^48, always the same for the same words: chance that can be repeated. */
function noise(words: readonly string[]): number {
  return createHash('sha256')
    .update(words.join('\n'))
    .digest()
    .readUIntBE(0, BITS / 8);
}

/** From 0 up to, not including, 1. */
export const fraction = (...words: string[]): number => noise(words) / 2 ** BITS;

/** So many digits, 14 at most. */
export const digits = (count: number, ...words: string[]): string =>
  String(Math.floor(fraction(...words) * 10 ** count)).padStart(count, '0');
