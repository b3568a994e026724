import type { NumberFault } from '@opentopup/contract';
import { digitsOf, readNumber } from '@opentopup/contract/lines/read-number';
import { type CheckDigitRule, readSerial } from '@opentopup/contract/lines/read-serial';
import { isRounded } from '@opentopup/sheets';
import type { Offer } from '../../index.ts';
import { REFERENCE } from '../../order.ts';
import type { OfferBook } from './offer-book.ts';

/** The columns that are looked at; `offer` is another name of `offer_id`, and both take the name of an offer too. */
export const FILE_COLUMNS = ['offer_id', 'offer', 'msisdn', 'sim_id', 'reference'] as const;

/** What the columns of a line say. */
export type Cells = { [Name in (typeof FILE_COLUMNS)[number]]?: string };

/** Why a line cannot be sold. */
export type BulkFault =
  | 'no_offer'
  | 'unknown_offer'
  | 'several_offers'
  | 'esim_offer'
  | 'expired_offer'
  | 'no_line'
  | 'two_lines'
  | 'needs_msisdn'
  | 'needs_sim_id'
  | 'rounded'
  | 'bad_msisdn'
  | Exclude<NumberFault, 'not_a_number'>
  | 'bad_sim_id'
  | 'bad_reference'
  | 'repeated_reference';

/** A line that may be sold, as far as can be told without asking the server. */
export interface Sellable {
  offer_id: string;
  msisdn: string | null;
  sim_id: string | null;
  reference: string | null;
  /** What is recharged, however it is written. */
  line: string;
}

/** How numbers are usually written: such are sent as they stand, and what is written otherwise, as it was read. */
const USUAL = /^\+?[\d\s().\-/]+$/;
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 15;

/** What a line sells, or what is wrong with it. */
export function checkLine(cells: Cells, offers: OfferBook, now_ms: number): Sellable | BulkFault {
  const named = cells.offer_id || cells.offer;
  if (!named) return 'no_offer';
  const [offer, another] = offers.called(named);
  if (!offer) return isRounded(named) ? 'rounded' : 'unknown_offer';
  if (another) return 'several_offers';
  if (offer.product.type === 'eSim') return 'esim_offer';
  if (offer.expiration_date && Date.parse(offer.expiration_date) <= now_ms) return 'expired_offer';
  const line = readLine(cells, offer);
  if (typeof line === 'string') return line;
  const { reference = '' } = cells;
  if (isRounded(reference)) return 'rounded';
  if (reference && !REFERENCE.test(reference)) return 'bad_reference';
  return { offer_id: offer.id, reference: reference || null, ...line };
}

type Line = Pick<Sellable, 'msisdn' | 'sim_id' | 'line'>;

function readLine({ msisdn, sim_id }: Cells, { product }: Offer): Line | BulkFault {
  if (msisdn && sim_id) return 'two_lines';
  const written = msisdn || sim_id;
  if (!written) return 'no_line';
  if (product.line_kind === 'msisdn' && !msisdn) return 'needs_msisdn';
  if (product.line_kind === 'simId' && !sim_id) return 'needs_sim_id';
  if (isRounded(written)) return 'rounded';
  return msisdn ? readMsisdn(msisdn, product.line_country) : readSimId(written, product.sim_check_digit);
}

/** @param country of which it has to be, where the server says so */
function readMsisdn(written: string, country: string | undefined): Line | BulkFault {
  const number = country === undefined ? readAnywhere(written) : readNumber(written, country);
  if (!number.ok) return number.fault === 'not_a_number' ? 'bad_msisdn' : number.fault;
  return { msisdn: USUAL.test(written) ? written : number.e164, sim_id: null, line: number.e164 };
}

function readAnywhere(written: string): { ok: true; e164: string } | { ok: false; fault: NumberFault } {
  const e164 = digitsOf(written);
  const length = e164?.replace('+', '').length ?? 0;
  return e164 && length >= FEWEST_DIGITS && length <= MOST_DIGITS
    ? { ok: true, e164 }
    : { ok: false, fault: 'not_a_number' };
}

/** @param rule of its supplier, where the server tells it */
function readSimId(written: string, rule: CheckDigitRule = 'off'): Line | BulkFault {
  const sim = readSerial(written, rule);
  if (!sim.ok) return 'bad_sim_id';
  return { msisdn: null, sim_id: USUAL.test(written) ? written : sim.serial, line: sim.serial };
}
