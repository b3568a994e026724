import type { Offer } from '../../index.ts';
import { REFERENCE } from '../../order.ts';

/** What the columns of a line say. */
export interface Cells {
  offer_id?: string;
  msisdn?: string;
  sim_id?: string;
  reference?: string;
}

/** Why a line cannot be sold. */
export type Fault =
  | 'no_offer'
  | 'unknown_offer'
  | 'esim_offer'
  | 'expired_offer'
  | 'no_line'
  | 'two_lines'
  | 'bad_msisdn'
  | 'bad_sim_id'
  | 'bad_reference'
  | 'repeated_reference';

const NUMBER = /^\+?[\d\s().\-/]+$/;
const SERIAL = /^[\dA-Za-z\s-]{6,40}$/;
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 15;

/** What is wrong with a line, as far as can be told without asking the server to sell it. */
export function faultOf(cells: Cells, offers: ReadonlyMap<string, Offer>, now_ms: number): Fault | null {
  const { offer_id, msisdn, sim_id, reference } = cells;
  if (!offer_id) return 'no_offer';
  const offer = offers.get(offer_id.toLowerCase());
  if (!offer) return 'unknown_offer';
  if (offer.product.type === 'eSim') return 'esim_offer';
  if (offer.expiration_date && Date.parse(offer.expiration_date) <= now_ms) return 'expired_offer';
  if (msisdn && sim_id) return 'two_lines';
  if (!msisdn && !sim_id) return 'no_line';
  if (msisdn && !isNumber(msisdn)) return 'bad_msisdn';
  if (sim_id && !SERIAL.test(sim_id)) return 'bad_sim_id';
  if (reference && !REFERENCE.test(reference)) return 'bad_reference';
  return null;
}

/** What a spreadsheet has made of a number (6.84588E+08) is none. */
function isNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length;
  return NUMBER.test(text) && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}
