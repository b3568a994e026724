import { type Booking, type Movement, wireDate } from '@opentopup/contract';
import type { Booked } from './balances.rules.ts';
import type { MovementRow } from './movements.query.ts';

export function wireBooking(row: Booked): Booking {
  const { at, kind: _, settled, ...booked } = row;
  return { ...booked, ...(settled > 0 && { settled }), creation_date: wireDate(at) };
}

export function wireMovement({ at, transaction_id, reference, justification, ...row }: MovementRow): Movement {
  return {
    ...row,
    date: wireDate(at),
    ...(transaction_id !== null && { transaction_id }),
    ...(reference !== null && { reference }),
    ...(justification !== null && { justification }),
  };
}
