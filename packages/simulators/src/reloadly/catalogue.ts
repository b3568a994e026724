/** The currency of the account. */
export const RELOADLY_CURRENCY = 'USD';

export interface ReloadlyCountry {
  isoName: string;
  name: string;
  currencyCode: string;
  currencyName: string;
  /** Without its `+`. */
  callingCode: string;
  /** Of its main unit, for one dollar. */
  rate: number;
}

const country = (
  isoName: string,
  name: string,
  callingCode: string,
  currencyCode: string,
  currencyName: string,
  rate: number,
): ReloadlyCountry => ({ isoName, name, callingCode, currencyCode, currencyName, rate });

const FRANCE = country('FR', 'France', '33', 'EUR', 'Euro', 0.92);
const MALI = country('ML', 'Mali', '223', 'XOF', 'West African CFA Franc', 600);
const PERU = country('PE', 'Peru', '51', 'PEN', 'Peruvian Sol', 3.7);
const EGYPT = country('EG', 'Egypt', '20', 'EGP', 'Egyptian Pound', 30);
const GREECE = country('GR', 'Greece', '30', 'EUR', 'Euro', 0.92);
const INDIA = country('IN', 'India', '91', 'INR', 'Indian Rupee', 83);
export const RELOADLY_COUNTRIES: readonly ReloadlyCountry[] = [FRANCE, MALI, PERU, EGYPT, GREECE, INDIA];

/** An operator, and what of it is sold: any amount between two, or plans. Amounts are in dollars. */
export interface ReloadlyOperator {
  id: number;
  name: string;
  country: ReloadlyCountry;
  sells: 'airtime' | 'data' | 'pin';
  /** Whether orders in the country's currency are taken; they have no discount. */
  isLocal: boolean;
  /** In percent. */
  discount: number;
  amounts: { min: number; max: number } | { plans: readonly number[] };
  hasPromotion: boolean;
}

const RANGE = { min: 0.5, max: 100 };
const PLANS = { plans: [1, 2, 5, 10, 20, 50] };
const operator = (
  id: number,
  name: string,
  of: ReloadlyCountry,
  more: Partial<Omit<ReloadlyOperator, 'id' | 'name' | 'country'>>,
): ReloadlyOperator => ({
  id,
  name: `Simulated ${name} ${of.name}`,
  country: of,
  sells: 'airtime',
  isLocal: false,
  discount: 5,
  amounts: RANGE,
  hasPromotion: false,
  ...more,
});

export const RELOADLY_OPERATORS: readonly ReloadlyOperator[] = [
  operator(101, 'One', FRANCE, { isLocal: true, discount: 4.42 }),
  operator(102, 'One Data', FRANCE, { sells: 'data', amounts: PLANS }),
  operator(103, 'One PIN', FRANCE, { sells: 'pin', amounts: PLANS, discount: 3 }),
  operator(201, 'One', MALI, { isLocal: true, hasPromotion: true }),
  operator(301, 'One', PERU, { discount: 4, hasPromotion: true }),
  operator(401, 'One', EGYPT, { amounts: { plans: [0.17, 0.34, 1, 5] }, isLocal: true }),
  operator(501, 'One PIN', GREECE, { sells: 'pin', amounts: PLANS, discount: 3 }),
  operator(601, 'One', INDIA, { amounts: PLANS }),
  operator(602, 'One Data', INDIA, { sells: 'data', amounts: PLANS }),
];

const CENTS = 100;
export const inCents = (amount: number): number => Math.round(amount * CENTS) / CENTS;

/** What one dollar brings to a line, in the country's currency. */
export const delivered = ({ country: { rate } }: ReloadlyOperator, amount: number): number => inCents(amount * rate);

/** What an order costs: dollars have the discount, amounts in the country's currency have none. In minor units. */
export function costOf(of: ReloadlyOperator, amount: number, isLocal: boolean): number {
  const cost = isLocal ? amount / of.country.rate : amount * (1 - of.discount / 100);
  return Math.round(cost * CENTS);
}

/** Tells whether an operator takes an amount. */
export function takesAmount(
  { amounts, country: { rate } }: ReloadlyOperator,
  amount: number,
  isLocal: boolean,
): boolean {
  const factor = isLocal ? rate : 1;
  if ('min' in amounts) return amount >= inCents(amounts.min * factor) && amount <= inCents(amounts.max * factor);
  return amounts.plans.some((plan) => inCents(plan * factor) === amount);
}

/** Reads a number as it is written with a country: with its calling code or without. Null where it cannot be one. */
export function readPhoneNumber(text: string, { callingCode }: ReloadlyCountry): string | null {
  const digits = text.replaceAll(/[\s-]/g, '').replace(/^\+/, '');
  if (!/^[1-9]\d{6,14}$/.test(digits)) return null;
  return digits.startsWith(callingCode) ? digits : callingCode + digits;
}
