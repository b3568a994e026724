import { type Refusal, refuse } from '@opentopup/contract';
import type { SoldOffer } from '../../catalogue/offers/offers.query.ts';
import type { Context } from '../../context.ts';
import { deliveredBy } from '../../values/deliverable.ts';
import type { TransactionId, TransactionRow } from '../transactions/transactions.query.ts';
import { findParkedOrder, type ParkedOrderRow } from './parked-orders.query.ts';

/** A parked order as it stands: as the transaction that it has become, or as what it would be one of. */
export interface ParkedTopup {
  transaction: TransactionRow;
  parked: ParkedOrderRow;
}

/** Gives what a parked order was to sell, as it was offered when it came. */
export const offeredTo = (
  ctx: Context,
  { distributor_id, offer_id, offer_version }: ParkedOrderRow,
): Promise<SoldOffer> => ctx.store.catalogue.sold(distributor_id, offer_id, offer_version, null);

/** Gives a parked order that is not sold in the form of a transaction. */
export const asTransaction = (parked: ParkedOrderRow, offered: SoldOffer): TransactionRow => ({
  ...offered,
  id: parked.id,
  distributor_id: parked.distributor_id,
  offer_id: parked.offer_id,
  line: parked.line,
  user_id: parked.user_id,
  voucher_id: parked.voucher_id,
  created_at: parked.at,
  changed_at: parked.ended_at ?? parked.at,
  status: parked.status === 'waiting' ? 'created' : 'ko',
  reason: parked.reason,
  message: null,
  change: null,
  attempts: null,
  outcome_unknown: false,
  delivers: deliveredBy(offered).kind,
  esim_sealed: null,
  receipt_sealed: null,
  has_pin: false,
  kyc_level: null,
  kyc_url: null,
  kyc_deadline: null,
  kyc_status: null,
});

/** Finds a transaction, by its own id or that of its parked order; null where there is none. */
export async function findTopup(
  ctx: Context,
  key: TransactionId,
): Promise<{ transaction: TransactionRow; parked?: ParkedOrderRow } | null> {
  const transaction = await ctx.store.transaction(key);
  return transaction ? { transaction } : findParkedTopup(ctx, key);
}

/** Finds what has become of a parked order, by the id that its answer had; null where there is none. */
export async function findParkedTopup(
  ctx: Context,
  { distributor_id, id }: TransactionId,
): Promise<ParkedTopup | null> {
  const parked = await findParkedOrder(ctx.store.db, distributor_id, id);
  if (!parked) return null;
  if (parked.transaction_id === null)
    return { parked, transaction: asTransaction(parked, await offeredTo(ctx, parked)) };
  const transaction = await ctx.store.transaction({ distributor_id, id: parked.transaction_id });
  if (!transaction) throw new Error('a parked order names a transaction that does not exist');
  return { parked, transaction };
}

/** Tells why a parked order has come to nothing. */
export const parkedRefusal = ({ id, reason, details }: ParkedOrderRow): Refusal => ({
  ...refuse(reason ?? 'internal_error', details ?? {}),
  transaction_id: id,
});
