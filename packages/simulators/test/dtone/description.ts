// What DT One's public description (DVS, version 1.23) says of its answers: types, words and what has to be there, as far
// as it is played. Transcribed by hand, so that what is played is not compared with itself.

export type AnswerSchema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
const WORD = { type: 'string', minLength: 1, pattern: String.raw`\S` };
const NUMBER = { type: 'number' };
const INTEGER = { type: 'integer' };
const ID = { type: 'integer', minimum: 1 };
const DATE = { type: 'string', format: 'date-time' };
const oneOf = (...words: string[]): AnswerSchema => ({ type: 'string', enum: words });
const listOf = (items: AnswerSchema, more: AnswerSchema = {}): AnswerSchema => ({ type: 'array', items, ...more });
const orNull = (schema: AnswerSchema): AnswerSchema => ({ anyOf: [schema, { type: 'null' }] });
type Properties = Readonly<Record<string, AnswerSchema>>;
const closed = (properties: Properties, optional: Properties = {}): AnswerSchema => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});

const COUNTRY_CODE = { type: 'string', pattern: '^[A-Z]{3}$' };
const REGIONS = orNull(listOf(closed({ name: TEXT, code: TEXT })));
const COUNTRY = closed({ name: TEXT, iso_code: COUNTRY_CODE, regions: REGIONS });
const OPERATOR_FIELDS = { id: ID, name: TEXT, country: COUNTRY, regions: REGIONS };
const OPERATOR = closed(OPERATOR_FIELDS);

const TYPES = [
  'FIXED_VALUE_RECHARGE',
  'RANGED_VALUE_RECHARGE',
  'FIXED_VALUE_PIN_PURCHASE',
  'RANGED_VALUE_PIN_PURCHASE',
  'RANGED_VALUE_PAYMENT',
];
const UNIT_TYPE = oneOf('CURRENCY');
const SPAN = closed({}, { min: NUMBER, max: NUMBER });
const STEPS = closed({}, { min: NUMBER, max: NUMBER, increment: NUMBER });
const money = (amount: AnswerSchema, more: Properties = {}, unit: AnswerSchema = TEXT): AnswerSchema =>
  closed({ unit_type: UNIT_TYPE, unit, amount, ...more });
const prices = (amount: AnswerSchema): AnswerSchema =>
  closed({
    wholesale: money(amount, { fee: NUMBER }),
    retail: orNull(
      closed({ unit_type: orNull(UNIT_TYPE), unit: orNull(TEXT), amount: orNull(amount), fee: orNull(NUMBER) }),
    ),
  });
const RATES = closed({ base: NUMBER, wholesale: NUMBER, retail: orNull(NUMBER) });
const VALIDITY = orNull(closed({ unit: oneOf('HOUR', 'DAY', 'WEEK', 'MONTH'), quantity: INTEGER }));
const benefit = (amount: AnswerSchema): AnswerSchema =>
  closed({
    type: oneOf('TALKTIME', 'DATA', 'SMS', 'PAYMENT', 'CREDITS'),
    unit_type: oneOf('TIME', 'DATA', 'QUANTITY', 'CURRENCY'),
    unit: TEXT,
    amount: closed({
      base: amount,
      promotion_bonus: amount,
      total_excluding_tax: amount,
      total_including_tax: amount,
    }),
    additional_information: orNull(TEXT),
  });
const ENDS = closed({ min: NUMBER, max: NUMBER });
const PROMOTION_FIELDS = {
  id: INTEGER,
  title: TEXT,
  description: TEXT,
  terms: orNull(TEXT),
  start_date: DATE,
  end_date: DATE,
};
const PROMOTIONS = orNull(listOf(closed(PROMOTION_FIELDS)));

const SERVICE = closed(
  { id: ID, name: TEXT },
  { subservice: orNull({ type: 'object', properties: { id: ID, name: TEXT } }) },
);
const PRODUCT_BASE = {
  id: INTEGER,
  name: TEXT,
  description: TEXT,
  tags: orNull(
    listOf({ type: 'string', minLength: 4, maxLength: 16, pattern: '^[A-Z0-9_]+' }, { minItems: 1, maxItems: 1 }),
  ),
  service: SERVICE,
  operator: OPERATOR,
  regions: REGIONS,
};
const FIELD_SETS = listOf(listOf(TEXT));
const NEEDED_FIELDS = {
  required_debit_party_identifier_fields: orNull(FIELD_SETS),
  required_credit_party_identifier_fields: FIELD_SETS,
  required_sender_fields: orNull(FIELD_SETS),
  required_beneficiary_fields: orNull(FIELD_SETS),
  required_statement_identifier_fields: orNull(FIELD_SETS),
  required_additional_identifier_fields: orNull(FIELD_SETS),
};
const PIN_INFO = closed({ usage_info: orNull(listOf(TEXT)), validity: VALIDITY, terms: orNull(WORD) });
const MODES = listOf(oneOf('SOURCE_AMOUNT', 'DESTINATION_AMOUNT'));

const fixed = (type: string, more: Properties = {}): AnswerSchema =>
  closed({
    ...PRODUCT_BASE,
    type: oneOf(type),
    validity: VALIDITY,
    ...NEEDED_FIELDS,
    availability_zones: listOf(oneOf('DOMESTIC', 'INTERNATIONAL')),
    source: money(NUMBER),
    destination: money(NUMBER),
    prices: prices(NUMBER),
    rates: RATES,
    benefits: orNull(listOf(benefit(NUMBER))),
    promotions: PROMOTIONS,
    ...more,
  });
const PRODUCT = {
  oneOf: [
    fixed('FIXED_VALUE_RECHARGE'),
    fixed('RANGED_VALUE_RECHARGE', {
      accepted_calculation_modes: MODES,
      source: money(SPAN),
      destination: money(STEPS),
      prices: prices(SPAN),
      benefits: orNull(listOf(benefit(ENDS))),
    }),
    fixed('FIXED_VALUE_PIN_PURCHASE', {
      required_credit_party_identifier_fields: orNull(FIELD_SETS),
      pin: PIN_INFO,
    }),
  ],
};

const PARTY = orNull({
  type: 'object',
  properties: {
    mobile_number: { type: 'string', pattern: String.raw`^\+[1-9][0-9]{6,14}$` },
    account_number: { ...WORD, maxLength: 90 },
    account_qualifier: WORD,
  },
  minProperties: 1,
});
const VALUES = orNull({
  type: 'object',
  properties: { source: money(NUMBER, {}, WORD), destination: money(NUMBER, {}, WORD) },
});
const TOLD_OF_TRANSACTION = {
  creation_date: DATE,
  confirmation_expiration_date: DATE,
  confirmation_date: DATE,
  operator_reference: orNull(WORD),
  pin: orNull({
    type: 'object',
    properties: { code: orNull(WORD), serial: orNull(WORD) },
    required: ['code', 'serial'],
  }),
  product: {
    type: 'object',
    properties: { ...PRODUCT_BASE, type: oneOf(...TYPES), pin: orNull(PIN_INFO) },
    required: [...Object.keys(PRODUCT_BASE), 'type'],
  },
  prices: prices(NUMBER),
  rates: RATES,
  benefits: orNull(listOf({ oneOf: [benefit(NUMBER), benefit(ENDS)] })),
  promotions: PROMOTIONS,
  requested_values: VALUES,
  adjusted_values: VALUES,
  sender: orNull({ type: 'object', minProperties: 1 }),
  beneficiary: orNull({ type: 'object', minProperties: 1 }),
  debit_party_identifier: PARTY,
  credit_party_identifier: PARTY,
  statement_identifier: orNull({ type: 'object', minProperties: 1 }),
  additional_identifier: orNull({ type: 'object', minProperties: 1 }),
};
/** Only the reference is said to be always there; a transaction without a number or a status would be of no use. */
const transaction = (more: Properties): AnswerSchema =>
  closed(
    {
      id: ID,
      external_id: { ...WORD, maxLength: 40 },
      status: closed({ id: INTEGER, message: WORD, class: closed({ id: INTEGER, message: WORD }) }),
    },
    { ...TOLD_OF_TRANSACTION, ...more },
  );
/** As it is read, listed and called back; what creates and confirms tells no address. */
export const TRANSACTION_READ = transaction({ callback_url: { type: 'string', format: 'uri' } });
const TRANSACTION = transaction({});

const PROMOTION = closed({
  ...PROMOTION_FIELDS,
  operator: {
    type: 'object',
    properties: {
      id: ID,
      name: TEXT,
      country: {
        type: 'object',
        properties: { name: TEXT, iso_code: COUNTRY_CODE },
        required: ['name', 'iso_code'],
      },
    },
    required: ['id', 'name', 'country'],
  },
  products: listOf({
    type: 'object',
    properties: { id: INTEGER, name: TEXT, description: TEXT, type: oneOf(...TYPES) },
    required: ['id', 'name', 'description', 'type'],
  }),
});
const BALANCE = closed({
  id: INTEGER,
  unit_type: UNIT_TYPE,
  unit: TEXT,
  available: NUMBER,
  holding: NUMBER,
  credit_limit: NUMBER,
});

/** What is answered where nothing is wrong. */
export interface DescribedAnswer {
  status: number;
  schema: AnswerSchema;
  isPaged?: true;
}

const paged = (schema: AnswerSchema): DescribedAnswer => ({ status: 200, schema: listOf(schema), isPaged: true });

/** Every answer that is played, by method and path. */
export const DESCRIBED: Readonly<Record<string, DescribedAnswer>> = {
  'POST /async/transactions': { status: 201, schema: TRANSACTION },
  'POST /sync/transactions': { status: 201, schema: TRANSACTION },
  'POST /async/transactions/{id}/confirm': { status: 202, schema: TRANSACTION },
  'POST /sync/transactions/{id}/confirm': { status: 202, schema: TRANSACTION },
  'POST /transactions/{id}/cancel': { status: 202, schema: TRANSACTION },
  'GET /transactions': paged(TRANSACTION_READ),
  'GET /transactions/{id}': { status: 200, schema: TRANSACTION_READ },
  'GET /balances': paged(BALANCE),
  'GET /products': paged(PRODUCT),
  'GET /products/{id}': { status: 200, schema: PRODUCT },
  'GET /operators': paged(OPERATOR),
  'GET /operators/{id}': { status: 200, schema: OPERATOR },
  'GET /promotions': paged(PROMOTION),
  'GET /promotions/{id}': { status: 200, schema: PROMOTION },
  'POST /lookup/mobile-number': paged(closed({ ...OPERATOR_FIELDS, identified: { type: 'boolean' } })),
};

/** What is answered where something is wrong. */
export const DESCRIBED_ERROR = {
  type: 'object',
  properties: { errors: listOf(closed({ code: INTEGER, message: TEXT }), { minItems: 1 }) },
  required: ['errors'],
};

/** The status that goes with each error, and those that no order of ours can meet left out. */
export const ERROR_STATUSES: Readonly<Record<number, number>> = {
  1000400: 400,
  1000401: 401,
  1000404: 404,
  1000429: 429,
  1003001: 404,
  1003002: 400,
  1003003: 400,
  1003201: 404,
  1005003: 400,
  1005006: 404,
  1006001: 400,
  1007001: 400,
  1007002: 400,
  1007004: 400,
  1007005: 400,
  1007007: 400,
  1008004: 404,
  1009001: 500,
  1009503: 503,
};

/** Every status of a transaction, by its class. */
export const DESCRIBED_STATUSES: Readonly<Record<string, readonly string[]>> = {
  CREATED: ['CREATED'],
  CONFIRMED: ['CONFIRMED'],
  REJECTED: [
    'REJECTED',
    'REJECTED-INVALID-CREDIT-PARTY',
    'REJECTED-BARRED-CREDIT-PARTY',
    'REJECTED-INELIGIBLE-CREDIT-PARTY',
    'REJECTED-INVALID-DEBIT-PARTY',
    'REJECTED-BARRED-DEBIT-PARTY',
    'REJECTED-LIMITATIONS-ON-CREDIT-PARTY-AMOUNT',
    'REJECTED-LIMITATIONS-ON-CREDIT-PARTY-QUANTITY',
    'REJECTED-OPERATOR-CURRENTLY-UNAVAILABLE',
    'REJECTED-INSUFFICIENT-BALANCE',
  ],
  CANCELLED: ['CANCELLED'],
  SUBMITTED: ['SUBMITTED'],
  COMPLETED: ['COMPLETED'],
  REVERSED: ['REVERSED'],
  DECLINED: [
    'DECLINED',
    'DECLINED-INVALID-CREDIT-PARTY',
    'DECLINED-BARRED-CREDIT-PARTY',
    'DECLINED-INELIGIBLE-CREDIT-PARTY',
    'DECLINED-INVALID-DEBIT-PARTY',
    'DECLINED-BARRED-DEBIT-PARTY',
    'DECLINED-LIMITATIONS-ON-OPERATOR-AMOUNT',
    'DECLINED-LIMITATIONS-ON-CREDIT-PARTY-AMOUNT',
    'DECLINED-LIMITATIONS-ON-CUSTOMER-AMOUNT',
    'DECLINED-LIMITATIONS-ON-OPERATOR-QUANTITY',
    'DECLINED-LIMITATIONS-ON-CREDIT-PARTY-QUANTITY',
    'DECLINED-LIMITATIONS-ON-CUSTOMER-QUANTITY',
    'DECLINED-DUPLICATED-TRANSACTION',
    'DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE',
  ],
};
