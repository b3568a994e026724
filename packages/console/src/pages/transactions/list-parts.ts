import type { AnyTransaction } from './any-transaction.ts';

/** A part of a long list, newest first. */
export interface ListPart {
  rows: AnyTransaction[];
  /** The transaction after which the next part begins; null where there is none. It stays while rows come and go. */
  next: string | null;
}

/** Asks for this many transactions that are older than another one; the newest where that is undefined. */
type Ask = (cursor: string | undefined, limit: number) => Promise<AnyTransaction[]>;

/** How long the first part is, and the others: whoever reads on wants more. */
const FIRST = 100;
const LATER = 500;
/** The most parts of new transactions that are asked for at once; with more, the list starts over. */
const MOST_NEW = 10;

async function read(ask: Ask, cursor: string | undefined, limit: number): Promise<ListPart> {
  const rows = await ask(cursor, limit);
  return { rows, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

const isPending = ({ status }: AnyTransaction): boolean => status === 'pending';
/** Ids grow with time. */
const downTo = (end: string | null, rows: AnyTransaction[]): AnyTransaction[] =>
  end === null ? rows : rows.filter(({ id }) => id >= end);

/** Gives the newest part as it is now: what is new is put in front of what is known. */
async function readNewest(ask: Ask, known: ListPart | undefined): Promise<ListPart> {
  const newest = await read(ask, undefined, FIRST);
  const top = known?.rows[0]?.id ?? known?.next;
  if (!known?.next || !newest.next || !top) return newest;
  const rows = [...newest.rows];
  let last = newest.next;
  for (let i = 0; last > top; i++) {
    if (i === MOST_NEW) return newest;
    const more = await ask(last, LATER);
    rows.push(...more);
    last = more.at(-1)?.id ?? top;
  }
  const rest = known.rows.filter(({ id }) => id < last);
  const old = rest.some(isPending) ? await ask(last, Math.min(rest.length, 2 * LATER)) : rest;
  return { rows: downTo(known.next, [...rows, ...old]), next: known.next };
}

/**
 * Gives a part of the list. One that is known is only asked for again where something in it is pending: what is settled
 * does not change any more, and a list of any length is kept up to date by a request or two.
 * @param cursor where it begins; undefined for the newest
 */
export async function readPart(ask: Ask, cursor: string | undefined, known: ListPart | undefined): Promise<ListPart> {
  if (cursor === undefined) return readNewest(ask, known);
  if (!known) return read(ask, cursor, LATER);
  if (!known.rows.some(isPending)) return known;
  return { rows: downTo(known.next, await ask(cursor, LATER)), next: known.next };
}
