import { MAX_UNITS, type Refusal, refuse } from '@opentopup/contract';
import { type AuditNote, noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Booked, NewBooking } from './balances.rules.ts';
import { type BookingResult, bookUnits } from './bookings.store.ts';

/**
 * Puts units into an offer's bucket, or corrects it, once for each reference.
 * @returns the booking and whether it is new, or why nothing was booked
 */
export async function bookStock(
  ctx: Context,
  booking: NewBooking,
  actor: string,
): Promise<{ booked: Booked; isNew: boolean } | Refusal> {
  if (booking.units === 0) return refuse('invalid_body_field', { field: 'units', detail: '0 changes nothing' });
  return ctx.store.db.transaction(async (tx) => {
    const done = await bookUnits(tx, booking, ctx.now(), MAX_UNITS);
    if (!('booked' in done)) return bookingRefusal(done.result, booking);
    const isNew = done.result === 'booked';
    if (isNew) await noteChange(tx, bookingEntry(done.booked, actor));
    return { booked: done.booked, isNew };
  });
}

/** Says why nothing was booked. */
export function bookingRefusal(
  result: Exclude<BookingResult, { booked: Booked }>['result'],
  { offer_id }: NewBooking,
): Refusal {
  switch (result) {
    case 'no_offer':
      return refuse('not_found', { field: 'offer_id', detail: `offer ${offer_id} not found` });
    case 'conflict':
      return refuse('reference_conflict', { field: 'reference' });
    case 'too_many':
      return refuse('invalid_body_field', { field: 'units', detail: `a bucket is granted ${MAX_UNITS} units at most` });
    case 'too_few':
      return refuse('too_few_units', { field: 'units' });
  }
}

/** Describes a booking for the audit trail. */
export function bookingEntry(booked: Booked, actor: string): AuditNote {
  const { kind, offer_id, distributor_id, units, reference, justification, at, settled, bucket } = booked;
  const before = {
    ...bucket,
    granted: bucket.granted - units,
    available: bucket.available - units + settled,
    sold: bucket.sold - settled,
  };
  return {
    at,
    actor,
    action: kind === 'grant' ? 'stock.granted' : 'stock.adjusted',
    subject: offer_id,
    distributor_id,
    details: { units, reference, justification, before, after: bucket, ...(settled > 0 && { settled }) },
  };
}
