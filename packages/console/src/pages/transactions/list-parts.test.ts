import { describe, expect, it } from 'vitest';
import type { AnyTransaction } from './any-transaction.ts';
import { readPart } from './list-parts.ts';

/** A shop whose transactions are numbered as they were made, and those of them that are pending. */
function shop(count: number, pending: number[] = []) {
  const asked: number[] = [];
  const rows = (): AnyTransaction[] =>
    Array.from({ length: state.count }, (_, i) => {
      const status = pending.includes(i) ? 'pending' : 'ok';
      return { id: String(i).padStart(6, '0'), status } as AnyTransaction;
    }).toReversed();
  const ask = async (cursor: string | undefined, limit: number): Promise<AnyTransaction[]> => {
    asked.push(limit);
    return rows()
      .filter(({ id }) => cursor === undefined || id < cursor)
      .slice(0, limit);
  };
  const state = { count, asked, ask, rows };
  return state;
}

const ids = (rows: readonly AnyTransaction[]): string[] => rows.map(({ id }) => id);

describe('a long list', () => {
  it('is read in parts to its end, each transaction once', async () => {
    const { ask, rows } = shop(1_300);
    const read: string[] = [];
    for (let next: string | undefined | null; next !== null; ) {
      const part = await readPart(ask, next, undefined);
      read.push(...ids(part.rows));
      ({ next } = part);
    }
    expect(read).toEqual(ids(rows()));
  });

  it.each([1, 99, 100, 101, 2_500])(
    'whose newest part is read again has %i new ones in front, and the same end',
    async (added) => {
      const made = shop(1_000);
      const known = await readPart(made.ask, undefined, undefined);
      made.count += added;
      const part = await readPart(made.ask, undefined, known);
      expect(part.next).toBe(known.next);
      expect(ids(part.rows)).toEqual(ids(made.rows().slice(0, 100 + added)));
    },
  );

  it('begins anew where too much is new', async () => {
    const made = shop(1_000);
    const known = await readPart(made.ask, undefined, undefined);
    made.count += 50_000;
    const part = await readPart(made.ask, undefined, known);
    expect(ids(part.rows)).toEqual(ids(made.rows().slice(0, 100)));
    expect(made.asked.length).toBeLessThan(20);
  });

  it('asks again only for parts in which something is pending', async () => {
    const made = shop(2_000, [1_500]);
    const newest = await readPart(made.ask, undefined, undefined);
    const second = await readPart(made.ask, newest.next ?? '', undefined);
    const third = await readPart(made.ask, second.next ?? '', undefined);
    made.asked.length = 0;
    const again = await readPart(made.ask, newest.next ?? '', second);
    expect(again).toEqual(second);
    expect(await readPart(made.ask, second.next ?? '', third)).toBe(third);
    expect(made.asked).toEqual([500]);
  });
});
