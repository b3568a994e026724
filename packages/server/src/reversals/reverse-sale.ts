import { type Refusal, type ReversalDecision, type ReversalRequestCreation, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { amountOf } from '../values/money.ts';
import { findRequest, type ReversalRequestRow } from './requests.query.ts';
import { addReversalRequest, decideRequest, type NewReversalRequest } from './requests.store.ts';
import { bookReversal, type EndedSale, lockSale } from './reversals.store.ts';
import { wireOwnRequest } from './reversals.wire.ts';

/** Who decides about a request. */
interface Decider {
  /** As it is named in the audit trail. */
  actor: string;
  /** True for somebody who is signed in, false for a token. */
  hasSession: boolean;
}

/** Tells whether reversing a sale of this price needs somebody else than who requests it. */
export function needsSecondPerson(
  { reversals }: Pick<Context, 'reversals'>,
  { value_minor, currency }: Pick<ReversalRequestRow, 'value_minor' | 'currency'>,
): boolean {
  const { secondPersonAbove } = reversals;
  return secondPersonAbove !== null && amountOf(value_minor, currency) > secondPersonAbove;
}

/** Tells why a sale cannot be reversed; null where it can. */
function hindrance({ status, reason }: EndedSale): Refusal | null {
  if (reason === 'reversed') return refuse('already_reversed');
  return status === 'ok' ? null : refuse('not_sold', { detail: status ?? 'pending' });
}

/** A request as it stands. */
interface Requested {
  request: ReversalRequestRow;
}

type Wish = Pick<NewReversalRequest, 'origin' | 'reason' | 'justification' | 'requested_by'>;

/** Keeps that somebody wants a locked sale to be reversed, and does it where that needs nobody else. */
export async function openRequest(
  ctx: Context,
  tx: Query,
  sale: EndedSale,
  wish: Wish,
  isApproved: boolean,
): Promise<Requested | Refusal> {
  const refusal = hindrance(sale) ?? (sale.has_open_request ? refuse('reversal_requested') : null);
  if (refusal) return refusal;
  const { distributor_id, transaction_id } = sale;
  const { origin, reason, justification, requested_by } = wish;
  const at = ctx.now();
  const id = newId();
  const decided_by = isApproved ? requested_by : null;
  await addReversalRequest(tx, { id, distributor_id, transaction_id, ...wish, at, decided_by });
  if (isApproved) await bookReversal(tx, sale, { reason, justification, reversed_by: requested_by, at });
  const action = isApproved ? 'transaction.reversed' : 'reversal.requested';
  const details = { origin, reason, justification };
  await noteChange(tx, { at, actor: requested_by, action, subject: transaction_id, distributor_id, details });
  const row = await findRequest(tx, id);
  if (!row) throw new Error('a request that was just kept is not there');
  if (origin === 'distributor') {
    await writeEvent(tx, { distributor_id, kind: 'reversal.requested', subject_id: id, at, data: wireOwnRequest(row) });
  }
  return { request: row };
}

/**
 * Reverses a sale as the operator decides, or keeps that it is to be, where a second person has to approve that. Request,
 * reversal, movement, event and audit are one commit.
 */
export function reverseSale(
  ctx: Context,
  transactionId: string,
  { reason, justification }: ReversalRequestCreation,
  actor: string,
): Promise<Requested | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const sale = await lockSale(tx, transactionId, null);
    if (!sale) return refuse('not_found', { detail: `transaction ${transactionId} not found` });
    const wish = { origin: 'operator', reason, justification, requested_by: actor } as const;
    return openRequest(ctx, tx, sale, wish, !needsSecondPerson(ctx, sale));
  });
}

/** Asks the operator to reverse a sale, for its distributor. */
export function requestReversal(
  ctx: Context,
  key: { distributor_id: string; id: string },
  { reason, justification }: ReversalRequestCreation,
  actor: string,
): Promise<Requested | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const sale = await lockSale(tx, key.id, key.distributor_id);
    if (!sale) return refuse('not_found', { detail: `transaction ${key.id} not found` });
    return openRequest(ctx, tx, sale, { origin: 'distributor', reason, justification, requested_by: actor }, false);
  });
}

/** Approves a request, which reverses its sale, or declines it; its distributor is told either way. */
export async function decideReversal(
  ctx: Context,
  id: string,
  { decision, justification }: ReversalDecision,
  by: Decider,
): Promise<Requested | Refusal> {
  const asked = await findRequest(ctx.store.db, id);
  if (!asked) return refuse('not_found', { detail: `request ${id} not found` });
  return ctx.store.db.transaction(async (tx) => {
    const sale = await lockSale(tx, asked.transaction_id, asked.distributor_id);
    const request = await findRequest(tx, id);
    if (!sale || !request) throw new Error('the sale of a request does not exist');
    if (request.status !== 'open') return refuse('already_decided', { detail: request.status });
    const refusal = decision === 'approve' ? (hindrance(sale) ?? lacksPerson(ctx, request, by)) : null;
    if (refusal) return refusal;
    return settle(ctx, tx, sale, request, { decision, justification, actor: by.actor });
  });
}

/** Tells why somebody may not approve a request; null where they may. */
function lacksPerson(ctx: Context, request: ReversalRequestRow, { actor, hasSession }: Decider): Refusal | null {
  const isOther = hasSession && actor !== request.requested_by;
  return needsSecondPerson(ctx, request) && !isOther ? refuse('second_person_needed') : null;
}

async function settle(
  ctx: Context,
  tx: Query,
  sale: EndedSale,
  request: ReversalRequestRow,
  { decision, justification, actor }: ReversalDecision & { actor: string },
): Promise<Requested> {
  const at = ctx.now();
  const { id, distributor_id, transaction_id, origin, reason } = request;
  const isApproved = decision === 'approve';
  const status = isApproved ? 'approved' : 'declined';
  await decideRequest(tx, id, { status, decided_by: actor, justification, at });
  if (isApproved) await bookReversal(tx, sale, { reason, justification, reversed_by: actor, at });
  const action = isApproved ? 'transaction.reversed' : 'reversal.declined';
  const details = { origin, reason, justification, requested_by: request.requested_by };
  await noteChange(tx, { at, actor, action, subject: transaction_id, distributor_id, details });
  const decision_of = { status, decided_by: actor, decision_justification: justification, decided_at: at } as const;
  const decided = { ...request, ...decision_of };
  if (!isApproved && origin === 'distributor') {
    const data = wireOwnRequest(decided);
    await writeEvent(tx, { distributor_id, kind: 'reversal.declined', subject_id: id, at, data });
  }
  return { request: decided };
}
