import type { OfferLight, TransactionCreation } from '@opentopup/contract';
import type { Draft } from './draft.ts';
import { typedNumber } from './typed-number.ts';
import { typedSerial } from './typed-serial.ts';

type Parameters = TransactionCreation['parameters'];

/** Tells how the line goes into the order; null where what was typed is none. */
function parametersOf({ product }: OfferLight, line: string): Parameters | null {
  if (!product.line_kind) return undefined;
  if (product.line_kind === 'simId') {
    const { read } = typedSerial(line, product.sim_check_digit ?? 'refuse');
    return read.ok ? { simId: read.serial } : null;
  }
  const { read, shown } = typedNumber(line, product.line_country ?? '');
  return read.ok ? { msisdn: shown } : null;
}

/** Makes the order of an offer; null as long as its line is not whole. */
export function orderOf(offer: OfferLight, { line, reference, check_network }: Draft): TransactionCreation | null {
  const parameters = parametersOf(offer, line);
  if (parameters === null) return null;
  return {
    offer_id: offer.id,
    ...(parameters && { parameters }),
    ...(reference.trim() && { user_id: reference.trim() }),
    ...(check_network && offer.product.network !== undefined && { check_network }),
    // What the seller has seen is what is paid.
    max_price: offer.resell_value,
  };
}
