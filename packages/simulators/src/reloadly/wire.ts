import { writtenAt } from './answers.ts';
import { delivered, inCents, RELOADLY_CURRENCY, type ReloadlyCountry, type ReloadlyOperator } from './catalogue.ts';

/** When promotions began and end, and when commissions were changed last. */
const BEGAN = new Date('2026-01-01T00:00:00Z');
const ENDS = new Date('2036-01-01T00:00:00Z');
const SUGGESTED = [1, 5, 10, 20, 50];
/** There are no pictures. */
const NO_PICTURE = 'https://reloadly.invalid';

export function countryWire({ isoName, name, currencyCode, currencyName, callingCode }: ReloadlyCountry): object {
  const flag = `${NO_PICTURE}/${isoName.toLowerCase()}.svg`;
  const currencySymbol = currencyCode;
  return { isoName, name, currencyCode, currencyName, currencySymbol, flag, callingCodes: [`+${callingCode}`] };
}

export function promotionWire(of: ReloadlyOperator): object {
  return {
    id: of.id,
    promotionId: of.id,
    operatorId: of.id,
    title: `${of.name} from ${writtenAt(BEGAN)} to ${writtenAt(ENDS)}`,
    title2: 'Bonus 2x',
    description: '<p>Twice the credit on recharges of 5 dollars or more.</p>',
    startDate: writtenAt(BEGAN),
    endDate: writtenAt(ENDS),
    denominations: 'USD 5 and up',
    localDenominations: null,
  };
}

/** What each plan brings, in words. */
const described = (amounts: readonly number[], unit: string): Record<string, string> =>
  Object.fromEntries(amounts.map((amount) => [amount.toFixed(2), `${amount} ${unit}`]));

/** Gives an operator as it is listed; amounts that are suggested only where they are asked for. */
export function operatorWire(of: ReloadlyOperator, query: URLSearchParams): object {
  const { id, name, country, sells, isLocal, discount, amounts, hasPromotion } = of;
  const local = (amount: number): number => delivered(of, amount);
  const [min, max] = 'min' in amounts ? [amounts.min, amounts.max] : [null, null];
  const plans = 'plans' in amounts ? amounts.plans : [];
  const localPlans = plans.map(local);
  const isAsked = (what: string): boolean => query.get(what) === 'true';
  const suggested = min === null ? [] : SUGGESTED;
  return {
    id,
    operatorId: id,
    name,
    bundle: false,
    data: sells === 'data',
    pin: sells === 'pin',
    supportsLocalAmounts: isLocal,
    denominationType: min === null ? 'FIXED' : 'RANGE',
    senderCurrencyCode: RELOADLY_CURRENCY,
    senderCurrencySymbol: '$',
    destinationCurrencyCode: country.currencyCode,
    destinationCurrencySymbol: country.currencyCode,
    commission: discount,
    internationalDiscount: discount,
    localDiscount: 0,
    mostPopularAmount: plans[0] ?? SUGGESTED[0],
    mostPopularLocalAmount: null,
    minAmount: min,
    maxAmount: max,
    localMinAmount: min !== null && isLocal ? local(min) : null,
    localMaxAmount: max !== null && isLocal ? local(max) : null,
    country: { isoName: country.isoName, name: country.name },
    fx: { rate: country.rate, currencyCode: country.currencyCode },
    logoUrls: [1, 2, 3].map((nth) => `${NO_PICTURE}/${id}-size-${nth}.png`),
    fixedAmounts: plans,
    fixedAmountsDescriptions: described(plans, RELOADLY_CURRENCY),
    localFixedAmounts: localPlans,
    localFixedAmountsDescriptions: described(localPlans, country.currencyCode),
    suggestedAmounts: isAsked('suggestedAmounts') ? suggested : [],
    suggestedAmountsMap: isAsked('suggestedAmountsMap')
      ? Object.fromEntries(suggested.map((amount) => [String(amount), local(amount)]))
      : {},
    promotions: hasPromotion ? [promotionWire(of)] : [],
  };
}

export function commissionWire(of: ReloadlyOperator): object {
  const { id, name, country, sells, discount } = of;
  return {
    operator: {
      operatorId: id,
      name,
      countryCode: country.isoName,
      status: true,
      data: sells === 'data',
      bundle: false,
    },
    percentage: discount,
    internationalPercentage: discount,
    localPercentage: 0,
    updatedAt: writtenAt(BEGAN),
  };
}

/** What an amount of dollars brings to a line. */
export const rateWire = (of: ReloadlyOperator, amount: number): object => ({
  id: of.id,
  name: of.name,
  fxRate: inCents(amount * of.country.rate),
  currencyCode: of.country.currencyCode,
});
