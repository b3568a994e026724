import { MAX_UNITS, type Refusal, refuse } from '@opentopup/contract';
import { type Booked, type Booking, bookUnits } from '../store/bookings.ts';
import type { Flow } from './flow.ts';

/**
 * Puts units into an offer's bucket, or corrects it, once for each reference.
 * @returns the booking and whether it is new, or why nothing was booked
 */
export async function bookStock(flow: Flow, booking: Booking): Promise<{ booked: Booked; isNew: boolean } | Refusal> {
  const done = await flow.store.db.transaction((tx) => bookUnits(tx, booking, flow.now(), MAX_UNITS));
  switch (done.result) {
    case 'booked':
    case 'known':
      return { booked: done.booked, isNew: done.result === 'booked' };
    case 'no_offer':
      return refuse('not_found', { detail: `offer ${booking.offer_id} not found` });
    case 'conflict':
      return refuse('reference_conflict', { field: 'reference' });
    case 'too_many':
      return refuse('invalid_body_field', { field: 'units', detail: `a bucket is granted ${MAX_UNITS} units at most` });
    case 'too_few':
      return refuse('too_few_units', { field: 'units' });
  }
}
