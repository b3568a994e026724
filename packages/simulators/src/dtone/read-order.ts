import type { VendorAnswer } from '../dialect.ts';
import { dtoneError } from './answers.ts';
import { ACCOUNT_CURRENCY, type DtoneProduct } from './catalogue.ts';

/** An order that the vendor takes, if it is no repeat and there is money for it. */
export interface OrderedValue {
  external_id: string;
  product: DtoneProduct;
  /** In the main unit of the account. */
  value: number;
  auto_confirm: boolean;
  /** Null where the product needs none. */
  credit_party_identifier: { mobile_number?: string; account_number?: string } | null;
  line: string | null;
  callback_url: string | null;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

export const E164 = /^\+[1-9][0-9]{6,14}$/;
const LONGEST_REFERENCE = 40;

/** Reads the value of a product that has a range, from the side that the client names. */
function readValue(fields: Fields, { amount, most, rate, currency }: DtoneProduct): number | VendorAnswer {
  const mode = fields['calculation_mode'];
  if (mode !== 'SOURCE_AMOUNT' && mode !== 'DESTINATION_AMOUNT') return dtoneError(1000400);
  const isSource = mode === 'SOURCE_AMOUNT';
  const asked = fieldsOf(fields[isSource ? 'source' : 'destination']);
  if (asked['unit_type'] !== 'CURRENCY' || typeof asked['amount'] !== 'number') return dtoneError(1000400);
  if (asked['unit'] !== (isSource ? ACCOUNT_CURRENCY : currency)) return dtoneError(1003003);
  const value = isSource ? asked['amount'] : asked['amount'] / rate;
  return value * rate < amount || value * rate > most ? dtoneError(1003002) : value;
}

function readParty(fields: Fields): OrderedValue['credit_party_identifier'] | VendorAnswer {
  const { mobile_number, account_number } = fieldsOf(fields['credit_party_identifier']);
  if (typeof account_number === 'string' && /\S/.test(account_number)) return { account_number };
  if (typeof mobile_number !== 'string') return dtoneError(1000400);
  return E164.test(mobile_number) ? { mobile_number } : dtoneError(1005003);
}

/** Reads an order. @returns the vendor's error where it does not take it */
export function readOrder(body: unknown, products: ReadonlyMap<number, DtoneProduct>): OrderedValue | VendorAnswer {
  const fields = fieldsOf(body);
  const { external_id, product_id, auto_confirm = false, callback_url = null } = fields;
  if (typeof external_id !== 'string' || !/\S/.test(external_id) || external_id.length > LONGEST_REFERENCE) {
    return dtoneError(1000400);
  }
  if (!Number.isInteger(product_id) || typeof auto_confirm !== 'boolean') return dtoneError(1000400);
  if (callback_url !== null && !(typeof callback_url === 'string' && URL.canParse(callback_url)))
    return dtoneError(1000400);
  const product = products.get(Number(product_id));
  if (!product) return dtoneError(1003001);
  const isPin = product.type === 'FIXED_VALUE_PIN_PURCHASE';
  const party = isPin ? null : readParty(fields);
  if (party && 'status' in party) return party;
  const isRanged = product.type === 'RANGED_VALUE_RECHARGE';
  const value = isRanged ? readValue(fields, product) : product.amount / product.rate;
  if (typeof value !== 'number') return value;
  const line = party?.mobile_number ?? party?.account_number ?? null;
  return { external_id, product, value, auto_confirm, credit_party_identifier: party, line, callback_url };
}
