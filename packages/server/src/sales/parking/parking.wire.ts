import { type OperatorParkedOrder, type ParkedOrder, type ParkedOrderNews, wireDate } from '@opentopup/contract';
import type { SoldOffer } from '../../catalogue/offers/offers.query.ts';
import { keptLine } from '../../values/line.ts';
import type { ParkedOrderRow, PlacedOrderRow } from './parked-orders.query.ts';

/** Gives what is told of a parked order in events, which are kept: nothing of its customer. */
export const wireParkedNews = (row: ParkedOrderRow, { offer_name }: SoldOffer): ParkedOrderNews => ({
  id: row.id,
  status: row.status,
  creation_date: wireDate(row.at),
  offer_id: row.offer_id,
  offer_name,
  ...(row.user_id !== null && { user_id: row.user_id }),
  ...(row.voucher_id !== null && { voucher_id: row.voucher_id }),
  park_until: wireDate(row.park_until),
  ...(row.ended_at && { end_date: wireDate(row.ended_at) }),
  ...(row.transaction_id !== null && { transaction_id: row.transaction_id }),
  ...(row.reason !== null && { reason: row.reason }),
});

/** Gives a parked order as its distributor sees it. */
export function wireParkedOrder(
  row: ParkedOrderRow & Partial<Pick<PlacedOrderRow, 'place'>>,
  offered: SoldOffer,
): ParkedOrder {
  const line = keptLine(row);
  return {
    ...wireParkedNews(row, offered),
    max_price: row.max_price,
    currency: offered.currency,
    parameters: line === null || offered.line_kind === null ? {} : { [offered.line_kind]: line },
    ...(row.place && { place: row.place }),
  };
}

/** Gives a parked order as the operator sees it. */
export const wireAnyParkedOrder = (row: PlacedOrderRow, offered: SoldOffer): OperatorParkedOrder => ({
  ...wireParkedOrder(row, offered),
  distributor_id: row.distributor_id,
  distributor_name: row.distributor_name,
});
