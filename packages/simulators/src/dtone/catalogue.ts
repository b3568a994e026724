/** The currency of the account and of all wholesale prices. */
export const ACCOUNT_CURRENCY = 'EUR';

export interface DtoneOperator {
  id: number;
  name: string;
  country: { name: string; iso_code: string; regions: null };
  regions: null;
}

/** Something that is sold. Amounts of money are in minor units of the account. */
export interface DtoneProduct {
  id: number;
  name: string;
  type: 'FIXED_VALUE_RECHARGE' | 'RANGED_VALUE_RECHARGE' | 'FIXED_VALUE_PIN_PURCHASE';
  operator: DtoneOperator;
  currency: string;
  /** Of the country's main unit, for one main unit of the account. */
  rate: number;
  /** In the main unit of the country; of what has a range, its ends. */
  amount: number;
  most: number;
  hasPromotion: boolean;
}

interface Place {
  name: string;
  iso_code: string;
  /** Where its numbers begin. */
  code: string;
  currency: string;
  rate: number;
}

const place = (name: string, iso_code: string, code: string, currency: string, rate: number): Place => ({
  name,
  iso_code,
  code,
  currency,
  rate,
});

/** The longest calling code that fits a number counts. */
const PLACES = [
  place('France', 'FRA', '+33', 'EUR', 1),
  place('Spain', 'ESP', '+34', 'EUR', 1),
  place('Belgium', 'BEL', '+32', 'EUR', 1),
  place('Poland', 'POL', '+48', 'PLN', 4.25),
  place('Romania', 'ROU', '+40', 'RON', 5),
  place('Morocco', 'MAR', '+212', 'MAD', 10.5),
  place('Senegal', 'SEN', '+221', 'XOF', 655),
  place("Côte d'Ivoire", 'CIV', '+225', 'XOF', 655),
  place('Mexico', 'MEX', '+52', 'MXN', 20),
  place('Philippines', 'PHL', '+63', 'PHP', 65),
  place('Singapore', 'SGP', '+65', 'SGD', 1.5),
];
const NETWORKS = ['One', 'Two'];
/** Of recharges of a fixed value, in the main unit of the account. */
const VALUES = [1, 2, 5, 10, 15, 20, 25, 50];
const RANGE = { least: 2, most: 100 };
const PIN_VALUE = 10;

const operatorsOf = ({ name, iso_code }: Place, at: number): DtoneOperator[] =>
  NETWORKS.map((network, nth) => ({
    id: 1_001 + at * NETWORKS.length + nth,
    name: `Simulated ${network} ${name}`,
    country: { name, iso_code, regions: null },
    regions: null,
  }));

export const DTONE_OPERATORS: readonly DtoneOperator[] = PLACES.flatMap(operatorsOf);

function productsOf({ currency, rate }: Place, operator: DtoneOperator): Omit<DtoneProduct, 'id'>[] {
  const of = { operator, currency, rate, hasPromotion: false };
  const named = (value: number): string => `${operator.name} ${value} ${currency}`;
  const fixed = VALUES.map((value) => {
    const amount = value * rate;
    return { ...of, name: named(amount), type: 'FIXED_VALUE_RECHARGE', amount, most: amount } as const;
  });
  const [least, most, pin] = [RANGE.least * rate, RANGE.most * rate, PIN_VALUE * rate];
  return [
    ...fixed.map((product, nth) => ({ ...product, hasPromotion: nth === 0 })),
    { ...of, name: `${operator.name} open`, type: 'RANGED_VALUE_RECHARGE', amount: least, most },
    { ...of, name: `${named(pin)} PIN`, type: 'FIXED_VALUE_PIN_PURCHASE', amount: pin, most: pin },
  ];
}

const ALL = PLACES.flatMap((from) =>
  DTONE_OPERATORS.filter(({ country }) => country.iso_code === from.iso_code).flatMap((operator) =>
    productsOf(from, operator),
  ),
);
export const DTONE_PRODUCTS: readonly DtoneProduct[] = ALL.map((product, at) => ({ id: 10_001 + at, ...product }));

/** The operators of a number's country, and which of them is its own: the digit after the calling code tells. */
export function operatorsOfNumber(number: string): (DtoneOperator & { identified: boolean })[] {
  const fitting = PLACES.filter(({ code }) => number.startsWith(code));
  const [longest] = fitting.toSorted((a, b) => b.code.length - a.code.length);
  if (!longest) return [];
  const own = Number(number.at(longest.code.length)) % NETWORKS.length;
  const operators = DTONE_OPERATORS.filter(({ country }) => country.iso_code === longest.iso_code);
  return operators.map((operator, nth) => ({ ...operator, identified: nth === own }));
}
