import { ACCOUNT_CURRENCY, type DtoneProduct } from './catalogue.ts';

/** Of the value that is recharged, in hundredths, the share that the account pays. */
const WHOLESALE = 93;
const CENTS = 100;
/** When the promotion of a product began and ends. */
const PROMOTION = { start_date: '2026-01-01T00:00:00.000000Z', end_date: '2036-01-01T00:00:00.000000Z' };

const rounded = (amount: number): number => Math.round(amount * CENTS) / CENTS;

/** What a value costs, in minor units of the account. @param value in the main unit of the account */
export const costOfValue = (value: number): number => Math.round(value * WHOLESALE);

const money = (unit: string, amount: unknown) => ({ unit_type: 'CURRENCY', unit, amount });

export const promotionOf = ({ id, operator }: DtoneProduct) => ({
  id,
  title: `Double credit at ${operator.name}`,
  description: 'Twice the credit on the smallest recharge.',
  terms: null,
  ...PROMOTION,
});

const isRanged = ({ type }: DtoneProduct): boolean => type === 'RANGED_VALUE_RECHARGE';
const span = (min: number, max: number) => ({ min: rounded(min), max: rounded(max) });

function benefitsOf(product: DtoneProduct): object[] {
  const { amount, most, currency, hasPromotion } = product;
  const bonus = hasPromotion ? amount : 0;
  const [none, base] = isRanged(product) ? [span(0, 0), span(amount, most)] : [rounded(bonus), rounded(amount)];
  const total = isRanged(product) ? base : rounded(amount + bonus);
  const told = { base, promotion_bonus: none, total_excluding_tax: total, total_including_tax: total };
  return [{ type: 'CREDITS', unit_type: 'CURRENCY', unit: currency, amount: told, additional_information: null }];
}

const ratesOf = ({ rate }: DtoneProduct) => ({ base: rate, wholesale: (rate * CENTS) / WHOLESALE, retail: null });
const PIN_INFO = { usage_info: ['Call *100# and enter the code.'], validity: null, terms: null };

/** What a product and a transaction of it tell alike. */
function productBase(product: DtoneProduct) {
  const { id, name, type, operator } = product;
  return {
    id,
    name,
    description: `Recharges a line of ${operator.name}.`,
    tags: ['AIRTIME'],
    service: { id: 1, name: 'Mobile', subservice: { id: 11, name: 'Airtime' } },
    operator,
    regions: null,
    type,
  };
}

/** Gives a product as it is listed. */
export function productWire(product: DtoneProduct): object {
  const { type, amount, most, rate, currency } = product;
  const [least, top] = [amount / rate, most / rate];
  const cost = (value: number): number => costOfValue(value) / CENTS;
  const values = isRanged(product)
    ? {
        accepted_calculation_modes: ['SOURCE_AMOUNT', 'DESTINATION_AMOUNT'],
        source: money(ACCOUNT_CURRENCY, span(least, top)),
        destination: money(currency, { ...span(amount, most), increment: 1 }),
      }
    : { source: money(ACCOUNT_CURRENCY, least), destination: money(currency, rounded(amount)) };
  const wholesale = money(ACCOUNT_CURRENCY, isRanged(product) ? span(cost(least), cost(top)) : cost(least));
  const isPin = type === 'FIXED_VALUE_PIN_PURCHASE';
  return {
    ...productBase(product),
    validity: null,
    required_debit_party_identifier_fields: null,
    required_credit_party_identifier_fields: isPin ? null : [['mobile_number']],
    required_sender_fields: null,
    required_beneficiary_fields: null,
    required_statement_identifier_fields: null,
    required_additional_identifier_fields: null,
    availability_zones: ['DOMESTIC', 'INTERNATIONAL'],
    ...values,
    prices: { wholesale: { ...wholesale, fee: 0 }, retail: null },
    rates: ratesOf(product),
    ...(isPin && { pin: PIN_INFO }),
    benefits: benefitsOf(product),
    promotions: product.hasPromotion ? [promotionOf(product)] : null,
  };
}

/** What of a transaction its product and its values tell. @param value in the main unit of the account */
export function transactionTerms(product: DtoneProduct, value: number): object {
  const { type, rate, currency, hasPromotion } = product;
  const wholesale = { ...money(ACCOUNT_CURRENCY, costOfValue(value) / CENTS), fee: 0 };
  const values = {
    source: money(ACCOUNT_CURRENCY, rounded(value)),
    destination: money(currency, rounded(value * rate)),
  };
  return {
    product: { ...productBase(product), ...(type === 'FIXED_VALUE_PIN_PURCHASE' && { pin: PIN_INFO }) },
    prices: { wholesale, retail: null },
    rates: ratesOf(product),
    benefits: benefitsOf(product),
    promotions: hasPromotion ? [promotionOf(product)] : null,
    requested_values: values,
    adjusted_values: values,
  };
}
