import type { StatementBooking, StatementDocument, StatementOffer } from '@opentopup/contract';
import type { NewClosing } from './closings.store.ts';
import { totalsOf, wireSales } from './figures.rules.ts';
import type { NextPeriod, PeriodDays } from './periods.query.ts';
import type { NewCut } from './statements.store.ts';
import type { SummedBucket } from './sum-bucket.ts';

/** What a statement is made of. */
export interface StatementParts {
  closing: NewClosing;
  next: NextPeriod;
  days: PeriodDays;
  buckets: readonly SummedBucket[];
  owed: ReadonlyMap<string, number>;
  previousHash: string | null;
  closed_at: Date;
}

/** Tells where a bucket was cut, and how it stood there. */
export const cutOf = ({ bucket, moved, cut }: SummedBucket): NewCut => ({
  offer_id: bucket.offer_id,
  ...cut,
  available: bucket.available + moved.available,
  held: bucket.held + moved.held,
});

function offerOf(summed: SummedBucket, owed: number): StatementOffer {
  const { bucket, moved, prices, cut } = summed;
  const { available, held } = cutOf(summed);
  return {
    offer_id: bucket.offer_id,
    offer_name: bucket.offer_name,
    currency: bucket.currency,
    opening: bucket.available + bucket.held,
    granted: moved.granted,
    adjusted: moved.adjusted,
    sold: moved.sold,
    delivered_late: moved.delivered_late,
    reversed: moved.reversed,
    closing: available + held,
    held,
    owed,
    sales: prices.map((units) => wireSales(units, bucket.currency)),
    cut,
  };
}

const onWire = (instant: Date): string => `${instant.toISOString().slice(0, 19)}Z`;

/** Writes a statement. */
export function documentOf({
  closing,
  next,
  days,
  buckets,
  owed,
  previousHash,
  closed_at,
}: StatementParts): StatementDocument {
  const bookings = buckets.flatMap(({ bucket, bookings: booked }): StatementBooking[] =>
    booked.map(({ at, ...rest }) => ({ offer_id: bucket.offer_id, ...rest, date: onWire(at) })),
  );
  const left_out = buckets.reduce((sum, { booked }) => sum + booked, 0) - bookings.length;
  return {
    type: 'statement',
    title: 'Statement, not an invoice',
    id: closing.id,
    number: next.last_number + 1,
    distributor_id: closing.distributor_id,
    distributor_name: next.distributor_name,
    world: next.world,
    ...days,
    time_zone: closing.time_zone,
    from: onWire(closing.from_at),
    before: onWire(closing.before_at),
    closing_date: onWire(closed_at),
    ...(previousHash !== null && { previous_hash: previousHash }),
    offers: buckets.map((each) => offerOf(each, owed.get(each.bucket.offer_id) ?? 0)),
    bookings,
    ...(left_out > 0 && { bookings_left_out: left_out }),
    totals: totalsOf(buckets.map(({ bucket, prices }) => ({ currency: bucket.currency, prices }))),
  };
}
