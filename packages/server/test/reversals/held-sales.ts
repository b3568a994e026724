import { expect } from 'vitest';
import { addOffer } from '../../src/catalogue/offers/offers.store.ts';
import type { Context } from '../../src/context.ts';
import { newId } from '../../src/database/ids.ts';
import { bookStock } from '../../src/ledger/book-stock.ts';

/** Puts units into the stock of an offer; below 0, takes them away. */
export const bookByHand = (on: Context, offer_id: string, units: number) => {
  const kind = units > 0 ? 'grant' : 'adjust';
  return bookStock(on, { kind, offer_id, units, reference: newId(), justification: 'counted' }, 'somebody');
};

/** Makes an offer of a distributor, all of whose units are held by sales that are under way. */
export async function holdAll(
  ctx: Context,
  { distributor_id, product_id }: { distributor_id: string; product_id: string },
  units: number,
): Promise<{ offer: string; sales: string[] }> {
  const { db } = ctx.store;
  const offer = newId();
  const terms = { name: 'Ten', resell_value_minor: 792, tags: [], expires_at: null };
  await addOffer(db, { id: offer, distributor_id, product_id, ...terms });
  await bookByHand(ctx, offer, units);
  const [row] = await db.query<{ version: number }>('SELECT version FROM catalogue_version');
  const sales = Array.from({ length: units }, () => newId());
  for (const id of sales) {
    const order = { id, distributor_id, offer_id: offer, offer_version: 1, line: '+33684587587' };
    const none = { user_id: null, voucher_id: null, idempotency: null, catalogue_version: row?.version ?? 0 };
    expect(await ctx.store.hold({ ...order, ...none })).toMatchObject({ result: 'held' });
  }
  return { offer, sales };
}
