import { type GrantCreation, MAX_UNITS, type Refusal, refuse } from '@opentopup/contract';
import { type BookedGrant, bookGrant } from '../store/grants.ts';
import type { Flow } from './flow.ts';

/**
 * Puts units into an offer's bucket, once for each reference.
 * @returns the grant and whether it is new, or why nothing was booked
 */
export async function grantUnits(
  flow: Flow,
  offerId: string,
  grant: GrantCreation,
): Promise<{ grant: BookedGrant; booked: boolean } | Refusal> {
  const booking = await flow.store.db.transaction((tx) =>
    bookGrant(tx, { ...grant, offer_id: offerId }, flow.now(), MAX_UNITS),
  );
  switch (booking.result) {
    case 'booked':
    case 'known':
      return { grant: booking.grant, booked: booking.result === 'booked' };
    case 'no_offer':
      return refuse('not_found', { detail: `offer ${offerId} not found` });
    case 'conflict':
      return refuse('reference_conflict', { field: 'reference' });
    case 'too_many':
      return refuse('invalid_body_field', { field: 'units', detail: `a bucket is granted ${MAX_UNITS} units at most` });
  }
}
