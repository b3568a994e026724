/** Money is kept in minor units, whole numbers; only the wire shows it in the main unit. */

const digits = new Map<string, number>();

/** Tells how many digits a currency (ISO 4217) has behind the point: 2 for EUR, 0 for XOF, 3 for TND. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Returns true for a code of ISO 4217 whose minor unit is known. */
export const isCurrency = (code: string): boolean => currencies.has(code);

/**
 * Returns the amount in the currency's main unit: 792 minor units of EUR are 7.92. The one division is correctly
 * rounded.
 */
export function amountOf(minor: number, currency: string): number {
  return minor / 10 ** minorDigits(currency);
}

/**
 * Returns the whole number of units of the last decimal place: 7.92 with two digits is 792.
 * @returns null where the amount has more digits than that, or is too large to be counted exactly
 */
function scaled(amount: number, places: number): number | null {
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
  if (whole === '' || fraction.length > places) return null;
  const units = Number(whole + fraction.padEnd(places, '0'));
  return Number.isSafeInteger(units) ? units : null;
}

/** Converts an amount of the wire to minor units; null where it is not exact in them. */
export const minorOf = (amount: number, currency: string): number | null => scaled(amount, minorDigits(currency));

/** Rounds an amount up to the currency's minor unit: a supplier may charge fractions of it. */
export function roundedUp(amount: number, currency: string): number {
  const units = 10 ** minorDigits(currency);
  return Math.ceil(Number((amount * units).toFixed(6))) / units;
}

/** Adds up amounts by currency. */
export function addByCurrency(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sums = { ...a };
  for (const [currency, amount] of Object.entries(b)) sums[currency] = (sums[currency] ?? 0) + amount;
  return sums;
}

/** A distributor's fee: minor units, or a percentage as decimal digits with at most PERCENT_PLACES behind the point. */
export interface Fee {
  fees: string;
  fees_type: 'value' | 'percent';
}

export const PERCENT_PLACES = 4;

/** Computes the fee on a price in minor units, rounded half up to the minor unit. */
export function feeOn(price_minor: number, { fees, fees_type }: Fee): number {
  if (fees_type === 'value') return Number(fees);
  const percent = Math.round(Number(fees) * 10 ** PERCENT_PLACES);
  const whole = 100 * 10 ** PERCENT_PLACES;
  // Of whole parts the fee is a whole number. Only what is left is rounded, and small enough to be exact.
  const [wholes, rest] = [Math.floor(price_minor / whole), price_minor % whole];
  const [times, restOfPercent] = [Math.floor(percent / whole), percent % whole];
  return wholes * percent + rest * times + Math.floor((rest * restOfPercent * 2 + whole) / (whole * 2));
}

/** Presents the fee as the wire writes it: an amount of the currency, or the percentage. */
export const feeOnWire = ({ fees, fees_type }: Fee, currency: string): number =>
  fees_type === 'value' ? amountOf(Number(fees), currency) : Number(fees);

/** Reads the fee as it is kept; null where it is not exact. */
export function feeFromWire(amount: number, fees_type: Fee['fees_type'], currency: string): string | null {
  if (fees_type === 'percent') return scaled(amount, PERCENT_PLACES) === null ? null : String(amount);
  return minorOf(amount, currency)?.toString() ?? null;
}

/** What a line gets, where that is another currency than what is charged. */
export interface KeptDenomination {
  denomination_minor: number | null;
  denomination_currency: string | null;
}

/** Presents what a line gets, where that is another currency, as it goes on the wire. */
export function wireDenomination({ denomination_minor, denomination_currency: currency }: KeptDenomination): {
  denomination?: { amount: number; currency: string };
} {
  if (denomination_minor === null || currency === null) return {};
  return { denomination: { amount: amountOf(denomination_minor, currency), currency } };
}
