import Type, { type Static, type TSchema } from 'typebox';
import { twoLetters } from '../../values/countries.ts';
import type { SupplierAccess, SupplierProduct, SupplierPromotion } from '../connector.ts';
import { sumOf } from './outcomes.ts';
import { readAll } from './pages.ts';

const Operator = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  country: Type.Object({ iso_code: Type.String() }),
});
const Fields = Type.Union([Type.Array(Type.Array(Type.String())), Type.Null()]);
const moneyOf = <T extends TSchema>(amount: T) =>
  Type.Object({ unit_type: Type.Literal('CURRENCY'), unit: Type.String(), amount });
const Span = Type.Object({ min: Type.Number(), max: Type.Number() });
const Amount = Type.Union([Type.Number(), Span]);

/** What of a product is looked at. */
const DtoneProduct = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  type: Type.String(),
  service: Type.Object({
    id: Type.Integer(),
    subservice: Type.Optional(Type.Union([Type.Object({ id: Type.Optional(Type.Integer()) }), Type.Null()])),
  }),
  operator: Operator,
  required_debit_party_identifier_fields: Fields,
  required_credit_party_identifier_fields: Fields,
  required_sender_fields: Fields,
  required_beneficiary_fields: Fields,
  required_statement_identifier_fields: Fields,
  required_additional_identifier_fields: Fields,
  source: moneyOf(Amount),
  destination: moneyOf(Amount),
  prices: Type.Object({
    wholesale: Type.Object({ unit: Type.String(), amount: Amount, fee: Type.Number() }),
  }),
  rates: Type.Object({ wholesale: Type.Number() }),
});
type DtoneProduct = Static<typeof DtoneProduct>;
const DtonePromotion = Type.Object({
  id: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
  start_date: Type.String(),
  end_date: Type.String(),
  operator: Operator,
});

const MOBILE = 1;
/** What is bought, by the vendor's kinds of mobile services. */
const KINDS: Readonly<Record<number, SupplierProduct['transaction_type']>> = {
  11: 'airtime topup',
  12: 'bundle topup',
  13: 'data topup',
};

/** Tells whether a recharge of a line by its number is all that a product needs. */
function isSellable(product: DtoneProduct): boolean {
  const {
    type,
    service,
    required_credit_party_identifier_fields: credit,
    required_debit_party_identifier_fields: debit,
    required_sender_fields: sender,
    required_beneficiary_fields: beneficiary,
    required_statement_identifier_fields: statement,
    required_additional_identifier_fields: additional,
  } = product;
  const isNone = (fields: string[][] | null): boolean => fields === null || fields.length === 0;
  const others = [debit, sender, beneficiary, statement, additional];
  const isByNumber = isNone(credit) || credit?.some((set) => set.join() === 'mobile_number') === true;
  return service.id === MOBILE && type !== 'RANGED_VALUE_PAYMENT' && isByNumber && others.every(isNone);
}

/** Gives what a product is for us; null where it cannot be sold. */
function productOf(product: DtoneProduct): SupplierProduct | null {
  const { id, name, type, operator, service, source, destination, prices, rates } = product;
  const country = twoLetters(operator.country.iso_code);
  if (!country || !isSellable(product)) return null;
  const { wholesale } = prices;
  const isPin = type.endsWith('_PIN_PURCHASE');
  const told = {
    supplier_reference: String(id),
    name,
    type: 'topup',
    transaction_type: KINDS[service.subservice?.id ?? 11] ?? 'airtime topup',
    line_kind: 'msisdn',
    coverage_zone: [country],
    tags: isPin ? ['PIN'] : [],
    currency: wholesale.unit,
    metadata: {},
    line_country: country,
    network: { id: String(operator.id), name: operator.name },
  } as const;
  const { amount: from } = source;
  const { amount: gets, unit: currency } = destination;
  if (typeof gets === 'object') {
    // Of a currency of which many are worth one, a unit costs next to nothing: decimals would round it away.
    const cost = Number((1 / rates.wholesale).toPrecision(9));
    return {
      ...told,
      tags: [...told.tags],
      coverage_zone: [country],
      bonus_value: 0,
      cost,
      range: { min: gets.min, max: gets.max, currency },
    };
  }
  if (typeof from !== 'number' || typeof wholesale.amount !== 'number') return null;
  const cost = sumOf({ amount: wholesale.amount, fee: wholesale.fee });
  const isForeign = currency !== wholesale.unit;
  return {
    ...told,
    tags: [...told.tags],
    coverage_zone: [country],
    bonus_value: isForeign ? from : gets,
    cost,
    ...(isForeign && { denomination: { amount: gets, currency } }),
  };
}

/** Reads all that the account may sell to mobile lines. */
export async function* readDtoneProducts(
  supplier: SupplierAccess,
  signal: AbortSignal,
): AsyncGenerator<SupplierProduct[]> {
  for await (const page of readAll(supplier, `/products?service_id=${MOBILE}`, DtoneProduct, signal)) {
    yield page.flatMap((product) => productOf(product) ?? []);
  }
}

const dateOrNull = (text: string): Date | null => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** Reads what operators add to recharges for a while. */
export async function readDtonePromotions(supplier: SupplierAccess, signal: AbortSignal): Promise<SupplierPromotion[]> {
  const promotions: SupplierPromotion[] = [];
  for await (const page of readAll(supplier, '/promotions', DtonePromotion, signal)) {
    for (const { id, title, description, start_date, end_date, operator } of page) {
      const country = twoLetters(operator.country.iso_code);
      promotions.push({
        id: String(id),
        title,
        text: description,
        begins_at: dateOrNull(start_date),
        ends_at: dateOrNull(end_date),
        network: { id: String(operator.id), name: operator.name },
        countries: country ? [country] : [],
      });
    }
  }
  return promotions;
}
