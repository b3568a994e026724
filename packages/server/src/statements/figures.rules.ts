import type { StatementSales, StatementTotal } from '@opentopup/contract';
import { amountOf } from '../values/money.ts';

/** The VAT that a sale keeps from its order, in percent as decimal digits. */
export interface KeptVat {
  rate: string;
  is_included: boolean;
}

/** What one unit was sold for. */
export interface UnitPrice {
  value_minor: number;
  fee_minor: number;
  vat: KeptVat | null;
}

/** What became of units at one price. */
export interface PricedUnits extends UnitPrice {
  sold: number;
  delivered_late: number;
  reversed: number;
}

/** What has moved in a bucket. */
export interface MovedUnits {
  granted: number;
  adjusted: number;
  sold: number;
  delivered_late: number;
  reversed: number;
  /** By how much these differ from before. */
  available: number;
  held: number;
}

export const NOTHING_MOVED: MovedUnits = {
  granted: 0,
  adjusted: 0,
  sold: 0,
  delivered_late: 0,
  reversed: 0,
  available: 0,
  held: 0,
};

/** Movements of one kind, added up. */
export interface KindSum {
  kind: 'grant' | 'adjust' | 'hold' | 'release' | 'sell' | 'return' | 'late_delivery';
  units: number;
}

/** Adds movements to what has moved. */
export function withMoved(moved: MovedUnits, { kind, units }: KindSum): MovedUnits {
  const { available, held } = moved;
  switch (kind) {
    case 'grant':
      return { ...moved, granted: moved.granted + units, available: available + units };
    case 'adjust':
      return { ...moved, adjusted: moved.adjusted + units, available: available + units };
    case 'hold':
      return { ...moved, available: available - units, held: held + units };
    case 'release':
      return { ...moved, available: available + units, held: held - units };
    case 'sell':
      return { ...moved, sold: moved.sold + units, held: held - units };
    case 'return':
      return { ...moved, reversed: moved.reversed + units, available: available + units };
    case 'late_delivery':
      return { ...moved, delivered_late: moved.delivered_late + units, available: available - units };
  }
}

/** Gathers units by what one of them was sold for. */
export class UnitsByPrice {
  readonly #prices = new Map<string, PricedUnits>();

  add({ value_minor, fee_minor, vat }: UnitPrice, kind: KindSum['kind'], units: number): void {
    const key = `${value_minor} ${fee_minor} ${vat?.rate} ${vat?.is_included}`;
    const known = this.#prices.get(key) ?? { value_minor, fee_minor, vat, sold: 0, delivered_late: 0, reversed: 0 };
    if (kind === 'sell') known.sold += units;
    if (kind === 'late_delivery') known.delivered_late += units;
    if (kind === 'return') known.reversed += units;
    this.#prices.set(key, known);
  }

  /** The same order, in whichever they came. */
  get sorted(): PricedUnits[] {
    return [...this.#prices].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, units]) => units);
  }
}

const netUnits = ({ sold, delivered_late, reversed }: PricedUnits): number => sold + delivered_late - reversed;

/** Presents units of one price as a statement tells them. */
export function wireSales(units: PricedUnits, currency: string): StatementSales {
  const { value_minor, fee_minor, vat, sold, delivered_late, reversed } = units;
  return {
    resell_value: amountOf(value_minor, currency),
    distributor_fees: amountOf(fee_minor, currency),
    ...(vat && { vat_rate: Number(vat.rate), vat_included: vat.is_included }),
    sold,
    delivered_late,
    reversed,
    value: amountOf(netUnits(units) * value_minor, currency),
    fees: amountOf(netUnits(units) * fee_minor, currency),
  };
}

/** A rate has at most so many digits behind the point. */
export const VAT_PLACES = 4;

/** Returns a quotient rounded to a whole number, half away from zero: what a reversal gives back is what its sale took. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const whole = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -whole : whole;
}

/** Sums at one VAT rate, apart by whether the values have it in them. */
interface RateSum {
  currency: string;
  rate: string | null;
  units: number;
  fees: bigint;
  inclusive: bigint;
  exclusive: bigint;
}

/** Adds up what sales come to, by currency and VAT rate. VAT is computed of the sum, and rounded once. */
export function totalsOf(offers: readonly { currency: string; prices: readonly PricedUnits[] }[]): StatementTotal[] {
  const sums = new Map<string, RateSum>();
  for (const { currency, prices } of offers) {
    for (const price of prices) {
      const rate = price.vat?.rate ?? null;
      const key = `${currency} ${rate ?? ''}`;
      const sum = sums.get(key) ?? { currency, rate, units: 0, fees: 0n, inclusive: 0n, exclusive: 0n };
      sums.set(key, sum);
      const units = BigInt(netUnits(price));
      sum.units += netUnits(price);
      sum.fees += units * BigInt(price.fee_minor);
      sum[price.vat?.is_included ? 'inclusive' : 'exclusive'] += units * BigInt(price.value_minor);
    }
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => wireTotal(sum));
}

function wireTotal({ currency, rate, units, fees, inclusive, exclusive }: RateSum): StatementTotal {
  const amount = (minor: bigint): number => amountOf(Number(minor), currency);
  const counts = { currency, ...(rate !== null && { vat_rate: Number(rate) }), units, fees: amount(fees) };
  if (rate === null) return { ...counts, net: amount(exclusive), total: amount(exclusive) };
  const scale = 10n ** BigInt(VAT_PLACES);
  const scaled = BigInt(Math.round(Number(rate) * Number(scale)));
  const whole = 100n * scale;
  // Of a value that has it in it, rate / (100 + rate); of one that has not, rate / 100: over one divisor.
  const vat = rounded(scaled * (inclusive * whole + exclusive * (whole + scaled)), whole * (whole + scaled));
  const total = inclusive + rounded(exclusive * (whole + scaled), whole);
  return { ...counts, net: amount(total - vat), vat: amount(vat), total: amount(total) };
}
