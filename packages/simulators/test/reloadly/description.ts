// What the vendor's description of its airtime API and its published examples say of answers, told anew as facts: names,
// types, and which may be null. Where both differ, the examples count: they are what was answered once.
import type { DescribedAnswers } from '../support/described-answers.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const amount = { type: 'number' };
const flag = { type: 'boolean' };
const nothing = { type: 'null' };
const orNull = (schema: object) => ({ anyOf: [schema, nothing] });
const list = (items: object) => ({ type: 'array', items });
/** All that is described is there, and nothing else. */
const record = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
/** Names that are data. */
const byName = (schema: object) => ({ type: 'object', additionalProperties: schema });
/** `2021-12-06 08:13:39`. */
const instant = { type: 'string', pattern: String.raw`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$` };
const currency = { type: 'string', pattern: '^[A-Z]{3}$' };
const country = { type: 'string', pattern: '^[A-Z]{2}$' };

const refusal = record({
  timeStamp: instant,
  message: text,
  path: text,
  errorCode: orNull(text),
  infoLink: orNull(text),
  details: list({}),
});
const noPath = record({ timeStamp: instant, status: { const: 404 }, error: text, message: text, path: text });

const sort = record({ sorted: flag, unsorted: flag, empty: flag });
const page = (entry: object) =>
  record({
    content: list(entry),
    pageable: record({ sort, pageNumber: whole, pageSize: whole, offset: whole, paged: flag, unpaged: flag }),
    totalPages: whole,
    totalElements: whole,
    last: flag,
    sort,
    first: flag,
    numberOfElements: whole,
    size: whole,
    number: whole,
    empty: flag,
  });

const promotion = record({
  id: whole,
  promotionId: whole,
  operatorId: whole,
  title: text,
  title2: text,
  description: text,
  startDate: instant,
  endDate: instant,
  denominations: orNull(text),
  localDenominations: orNull(text),
});

const operator = record({
  id: whole,
  operatorId: whole,
  name: text,
  bundle: flag,
  data: flag,
  pin: flag,
  supportsLocalAmounts: flag,
  denominationType: { enum: ['FIXED', 'RANGE'] },
  senderCurrencyCode: currency,
  senderCurrencySymbol: text,
  destinationCurrencyCode: currency,
  destinationCurrencySymbol: text,
  commission: amount,
  internationalDiscount: amount,
  localDiscount: amount,
  mostPopularAmount: orNull(amount),
  mostPopularLocalAmount: orNull(amount),
  minAmount: orNull(amount),
  maxAmount: orNull(amount),
  localMinAmount: orNull(amount),
  localMaxAmount: orNull(amount),
  country: record({ isoName: country, name: text }),
  fx: record({ rate: amount, currencyCode: currency }),
  logoUrls: list(text),
  fixedAmounts: list(amount),
  // The description has lists here, its examples objects.
  fixedAmountsDescriptions: byName(text),
  localFixedAmounts: list(amount),
  localFixedAmountsDescriptions: byName(text),
  suggestedAmounts: list(amount),
  suggestedAmountsMap: byName(amount),
  promotions: list(promotion),
});

const land = record({
  isoName: country,
  name: text,
  currencyCode: currency,
  currencyName: text,
  currencySymbol: text,
  flag: text,
  callingCodes: list({ type: 'string', pattern: String.raw`^\+\d+$` }),
});

const commission = record({
  // Text by the description, a number in its examples.
  operator: record({ operatorId: whole, name: text, countryCode: country, status: flag, data: flag, bundle: flag }),
  percentage: amount,
  internationalPercentage: amount,
  localPercentage: amount,
  updatedAt: instant,
});

const pin = record({
  serial: text,
  info1: text,
  info2: text,
  info3: text,
  value: orNull(amount),
  code: text,
  ivr: text,
  validity: text,
});

const balanceInfo = record({
  oldBalance: amount,
  newBalance: amount,
  currencyCode: currency,
  currencyName: text,
  updatedAt: instant,
});

/** By the description, ids and amounts of an order are texts; in its examples they are numbers. */
const topup = (balance: object) =>
  record({
    transactionId: whole,
    status: { enum: ['PROCESSING', 'SUCCESSFUL', 'REFUNDED', 'FAILED'] },
    operatorTransactionId: orNull(text),
    customIdentifier: orNull(text),
    recipientPhone: text,
    recipientEmail: orNull(text),
    senderPhone: orNull(text),
    countryCode: country,
    operatorId: whole,
    operatorName: text,
    discount: amount,
    discountCurrencyCode: currency,
    requestedAmount: amount,
    requestedAmountCurrencyCode: currency,
    deliveredAmount: amount,
    deliveredAmountCurrencyCode: currency,
    transactionDate: instant,
    pinDetail: orNull(pin),
    balanceInfo: balance,
  });

/** By the description an order by itself; in the examples of the vendor's own client it is wrapped. */
const status = record({
  code: orNull(text),
  message: orNull(text),
  status: { enum: ['PROCESSING', 'SUCCESSFUL', 'REFUNDED', 'FAILED'] },
  transaction: orNull(topup(balanceInfo)),
});

/** What answers may be, by route and status. */
export const RELOADLY_ANSWERS: DescribedAnswers = {
  'POST /oauth/token': {
    200: record({ access_token: text, scope: text, expires_in: whole, token_type: { const: 'Bearer' } }),
    401: refusal,
  },
  'GET /accounts/balance': {
    // Whole by the description, with decimals in its examples.
    200: record({ balance: amount, currencyCode: currency, currencyName: text, updatedAt: instant }),
  },
  'GET /countries': {
    200: list(land),
  },
  'GET /countries/{country}': { 200: land },
  'GET /operators': { 200: page(operator) },
  'GET /operators/{id}': { 200: operator },
  'GET /operators/countries/{country}': { 200: list(operator) },
  'GET /operators/auto-detect/phone/{phone}/countries/{country}': { 200: operator },
  'POST /operators/fx-rate': {
    200: record({ id: whole, name: text, fxRate: amount, currencyCode: currency }),
    500: refusal,
  },
  'GET /operators/commissions': { 200: page(commission) },
  'GET /operators/{id}/commissions': { 200: commission },
  'GET /promotions': { 200: page(promotion) },
  'GET /promotions/{id}': { 200: promotion },
  'GET /promotions/country-codes/{country}': { 200: record({ content: list(promotion) }) },
  'GET /promotions/operators/{id}': { 200: record({ content: list(promotion) }) },
  'POST /topups': { 200: { anyOf: [topup(balanceInfo), status] }, 400: refusal },
  'POST /topups-async': { 200: record({ transactionId: whole }), 400: refusal },
  'GET /topups/{id}/status': { 200: status },
  'GET /topups/reports/transactions': { 200: page(topup(nothing)) },
  'GET /topups/reports/transactions/{id}': { 200: topup(nothing) },
};
/** What any route may answer. */
export const RELOADLY_REFUSALS = { 401: refusal, 404: { anyOf: [refusal, noPath] }, 429: refusal, 503: refusal };
