import { randomBytes, type ScryptOptions, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { OverCapacity } from '../../database/batch.ts';

interface Cost {
  N: number;
  r: number;
  p: number;
}

/** 32 MiB and about a quarter of a second for each guess. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
/** For what a program has made up: nobody guesses that, whatever a guess costs. */
const LEAST_COST: Cost = { N: 2 ** 10, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const optionsOf = ({ N, r, p }: Cost): ScryptOptions => ({ N, r, p, maxmem: 256 * N * r });

/** Sales go on while passwords are checked: no more than these at once, and no more than these wait. */
const few = bulkhead(2, 100);

async function slowly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await few.execute(work);
  } catch (error) {
    throw error instanceof BulkheadRejectedError ? new OverCapacity() : error;
  }
}

/** Normalises a password, however the keyboard has composed it. */
const composed = (password: string): string => password.normalize('NFKC');

const written = ({ N, r, p }: Cost, salt: Buffer, hash: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');

/** Reads a password hash as it was kept. */
function readKept(kept: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, N, r, p, salt = '', hash = ''] = kept.split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}

/**
 * Hashes a password as it is kept: with scrypt (RFC 7914), its salt and cost beside it.
 * @param beside what is kept of other passwords with which it is compared: it takes the salt of one, so that comparing
 *   with all of them takes as long as with one, and the time does not tell how many there are
 */
export async function hashPassword(password: string, beside: readonly string[]): Promise<string> {
  const salt = beside[0] === undefined ? randomBytes(SALT_BYTES) : readKept(beside[0]).salt;
  const hash = await slowly(() => derive(composed(password), salt, HASH_BYTES, optionsOf(COST)));
  return written(COST, salt, hash);
}

/** Hashes a password that a program has made up, at once. */
export function hashMadeUpPassword(password: string): string {
  const salt = randomBytes(SALT_BYTES);
  return written(LEAST_COST, salt, scryptSync(composed(password), salt, HASH_BYTES, optionsOf(LEAST_COST)));
}

/** Nobody's password: takes as long to check as somebody's. */
const NOBODYS = written(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));

/**
 * Tells which of several kept passwords this one is. None at all takes as long as one.
 * @returns for each of `kept`, in its order
 */
export async function arePasswords(password: string, kept: readonly string[]): Promise<boolean[]> {
  const derived = new Map<string, Buffer>();
  const isIt = async (each: string): Promise<boolean> => {
    const { cost, salt, hash } = readKept(each);
    const key = each.slice(0, each.lastIndexOf('$'));
    const given =
      derived.get(key) ?? (await slowly(() => derive(composed(password), salt, HASH_BYTES, optionsOf(cost))));
    derived.set(key, given);
    return timingSafeEqual(given, hash);
  };
  if (kept.length === 0) await isIt(NOBODYS);
  const right: boolean[] = [];
  for (const each of kept) right.push(await isIt(each));
  return right;
}

/**
 * Tells whether a password is the one that was kept.
 * @param kept what is kept of the right one; null takes as long, and is never right
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [isRight = false] = await arePasswords(password, kept === null ? [] : [kept]);
  return isRight;
}
