import { type ReconciliationCaseEnd, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { takeLateNews } from '../reversals/late-news.ts';
import { reverseSale } from '../reversals/reverse-sale.ts';
import { decideTopup } from '../sales/reconcile/decide-topup.ts';
import { findAttemptProduct } from './attempt-product.query.ts';
import { bookLostSale } from './book-lost-sale.ts';
import { bookedBy } from './booked-delivery.ts';
import { type CaseRow, findCase } from './cases.query.ts';
import { addNote, closeCase, leaveCase, takeCase } from './cases.store.ts';
import { endsOf } from './ends.rules.ts';
import { findKnownSale } from './lost-sales.query.ts';

/** Whoever has a case in hand for longer has died of it. */
const IN_HAND_MS = 60_000;

/**
 * Ends a case as a person has decided. What it does to the sale is done first and may be repeated, then the case is closed: one
 * that a killed process leaves open is ended again. It stays open where a second person has to approve.
 */
export async function endCase(
  ctx: Context,
  id: string,
  wish: ReconciliationCaseEnd,
  actor: string,
): Promise<CaseRow | Refusal> {
  const { db } = ctx.store;
  const found = await findCase(db, id);
  if (!found) return refuse('not_found', { detail: `case ${id} not found` });
  if (found.status === 'closed') return refuse('already_decided', { detail: 'closed' });
  if (!endsOf(found).includes(wish.end)) return refuse('end_not_possible', { detail: `not by ${wish.end}` });
  if (wish.end === 'decide' && wish.status === undefined) return refuse('missing_body_field', { field: 'status' });
  const at = ctx.now();
  if (!(await takeCase(db, id, at, new Date(at.getTime() - IN_HAND_MS)))) {
    return refuse('already_decided', { detail: 'being ended by somebody' });
  }
  let done: 'done' | 'waits' | Refusal;
  try {
    done = await settleSale(ctx, found, wish, actor);
  } catch (error) {
    await leaveCase(db, id);
    throw error;
  }
  const { end: end_kind, justification } = wish;
  const isEnded = await db.transaction(async (tx) => {
    if (done !== 'done') await leaveCase(tx, id);
    else if (!(await closeCase(tx, { id, end_kind, justification, actor, at }))) return false;
    if (typeof done === 'object') return true;
    if (done === 'waits') {
      await addNote(tx, { case_id: id, at, author: actor, kind: 'reversal_requested', text: justification });
    }
    const action = done === 'done' ? 'reconciliation_case.ended' : 'reconciliation_case.reversal_requested';
    const { distributor_id } = found;
    await noteChange(tx, { at, actor, action, subject: id, distributor_id, details: { end: end_kind, justification } });
    return true;
  });
  if (!isEnded) return refuse('already_decided', { detail: 'closed' });
  if (typeof done === 'object') return done;
  return (await findCase(db, id)) ?? found;
}

/** Does to the sale what the end of its case says; what is done to it already is done. */
async function settleSale(
  ctx: Context,
  found: CaseRow,
  wish: ReconciliationCaseEnd,
  actor: string,
): Promise<'done' | 'waits' | Refusal> {
  const { transaction_id, distributor_id } = found;
  const { justification } = wish;
  if (wish.end === 'accept') return 'done';
  const isLost = found.kind === 'delivered_there_not_sold_here' && transaction_id !== null;
  if (isLost) return bookLostSale(ctx, { ...found, transaction_id }, wish.offer_id, actor);
  if (transaction_id === null || distributor_id === null)
    return refuse('end_not_possible', { detail: 'it has no sale' });
  if (wish.end === 'decide') {
    const { status = 'ok' } = wish;
    const decided = await decideTopup(ctx, transaction_id, { status, justification }, actor);
    return 'reason' in decided && decided.details.detail !== status ? decided : 'done';
  }
  if (wish.end === 'reverse') {
    const { reason = 'not_delivered' } = wish;
    const reversed = await reverseSale(ctx, transaction_id, { reason, justification }, actor);
    if ('request' in reversed) return reversed.request.status === 'open' ? 'waits' : 'done';
    return reversed.reason === 'already_reversed' ? 'done' : reversed;
  }
  return bookDelivery(ctx, { ...found, transaction_id, distributor_id });
}

/** Books what the supplier has delivered for a sale that had come to nothing; the unit is owed where none is left. */
async function bookDelivery(
  ctx: Context,
  found: CaseRow & { transaction_id: string; distributor_id: string },
): Promise<'done' | Refusal> {
  const { transaction_id, distributor_id, attempt, theirs } = found;
  const number = attempt ?? 1;
  const product_id = await findAttemptProduct(ctx.store.db, { distributor_id, transaction_id, number });
  const { supplier_reference, cost, cost_currency } = theirs ?? { at: '' };
  const outcome = {
    outcome: 'ok',
    ...(supplier_reference !== undefined && { supplier_reference }),
    ...(cost !== undefined && cost_currency !== undefined && { cost: { amount: cost, currency: cost_currency } }),
  } as const;
  const key = { transaction_id, distributor_id };
  if (await takeLateNews(ctx, key, outcome, { product_id, attempt: number === 1 ? null : number })) return 'done';
  const known = await findKnownSale(ctx.store.db, transaction_id);
  if (!known) throw new Error('the sale of a case does not exist');
  return bookedBy(known, found);
}
