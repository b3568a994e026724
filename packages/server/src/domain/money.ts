/** Money is kept in minor units, whole numbers; only the wire shows it in the main unit. */

const digits = new Map<string, number>();

/** How many digits a currency (ISO 4217) has behind the point: 2 for EUR, 0 for XOF, 3 for TND. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

/** The amount in the currency's main unit: 792 minor units of EUR are 7.92. The one division is correctly rounded. */
export function amountOf(minor: number, currency: string): number {
  return minor / 10 ** minorDigits(currency);
}
