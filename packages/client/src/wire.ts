import type { DistributorTransaction, OfferLight } from '@opentopup/contract';

type Optionally<T, Names extends keyof T> = Omit<T, Names> & Partial<Pick<T, Names>>;

/** A transaction, as any Travel B2B server tells it; OpenTopup's additions may be absent. */
export type Transaction = Optionally<
  DistributorTransaction,
  'customer_message' | 'distributor_fees' | 'distributor_fees_type' | 'public_price' | 'margin'
>;

/** An offer, as any Travel B2B server tells it; OpenTopup's additions may be absent. */
export type Offer = Optionally<OfferLight, 'public_price' | 'margin' | 'status'>;

const STATUSES = new Set<unknown>(['created', 'pending', 'ok', 'ko', 'expired'] satisfies Transaction['status'][]);

/** Returns true for what can be read as a transaction: it has a name and stands somewhere. */
export function isTransaction(body: unknown): body is Transaction {
  if (typeof body !== 'object' || body === null) return false;
  const { id, status } = body as Partial<Transaction>;
  return typeof id === 'string' && STATUSES.has(status);
}

/** The published description of the API answers some single things as a list of one, its guide as themselves. */
export const single = <T>(body: T | readonly T[]): T => (Array.isArray(body) ? body[0] : body) as T;

/** Reads one offer. The description and the guide also name three of its fields differently: here it has both names. */
export function offerOf(body: Offer | readonly Offer[]): Offer {
  const offer = single(body);
  const fees = offer.distributor_fees ?? offer.distribution_fees;
  const fees_type = offer.distributor_fees_type ?? offer.distribution_fees_type;
  const bucket_date = offer.last_bucket_update ?? offer.bucket_update_date;
  return {
    ...offer,
    ...(fees !== undefined && { distributor_fees: fees, distribution_fees: fees }),
    ...(fees_type !== undefined && { distributor_fees_type: fees_type, distribution_fees_type: fees_type }),
    ...(bucket_date !== undefined && { last_bucket_update: bucket_date, bucket_update_date: bucket_date }),
  };
}
