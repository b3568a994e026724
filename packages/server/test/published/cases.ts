import { EXAMPLE_IDS, EXAMPLE_PUBLIC_KEY, EXAMPLE_SIM_SERIAL } from '@opentopup/contract';

/** What the cases are about. */
export interface CaseContext {
  /** The demo's offer of this kind, its product, and the distributor that has them. */
  offer: (kind: string) => string;
  product: (kind: string) => string;
  distributor: string;
  /** The demo's offer of an eSIM. */
  esimOffer: () => string;
  /** A transaction of the distributor. */
  transaction: string;
}

/** One request below `/travel-b2b/v1`, and what has to be answered. */
export interface PublishedCase {
  /** The name of the operation. */
  operation: string;
  what: string;
  /** Parameters in the path and the query. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is text. */
  body?: (c: CaseContext) => unknown;
  status: number;
  code?: number;
  /** To the letter. */
  description?: (c: CaseContext) => string;
}

const FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';
const TRAVEL_B2B = 'e2c44763-fa73-11ef-bc0c-fa163ed2cb6e';
const NOBODYS = '01890000-0000-7000-8000-000000000000';
const NUMBER = '+33 6 84 58 75 87';
const line = { msisdn: NUMBER };

/** The sale: each row of the table of its refusals, with the description to the letter. */
const sale = (
  what: string,
  code: number,
  description: (c: CaseContext) => string,
  body: (c: CaseContext) => unknown,
): PublishedCase => ({
  operation: 'createTransaction',
  what,
  status: 400,
  code,
  description,
  body,
});
const order =
  (kind: string, parameters: unknown = line) =>
  (c: CaseContext): unknown => ({ offer_id: c.offer(kind), parameters });
const unavailable =
  (kind: string) =>
  (c: CaseContext): string =>
    `product ${c.product(kind)} not available (${kind}) for offer ${c.offer(kind)}`;
const badParameter =
  (kind: string) =>
  (c: CaseContext): string =>
    `bad parameter for transaction for offer ${c.offer(kind)}`;
const supplierSaid =
  (message: string) =>
  (c: CaseContext): string =>
    `transaction failed (bucket unchanged) supplier ${FRANCE} product ${c.product('msisdn')} offer ${c.offer('msisdn')} ` +
    `distributor ${c.distributor} message ${message}`;

const REFUSED_SALES: PublishedCase[] = [
  sale(
    'no JSON',
    22,
    () => 'unable to decode json body',
    () => '{"offer_id":',
  ),
  sale(
    'nothing at all',
    21,
    () => 'unable to decode json body',
    () => '',
  ),
  sale(
    'no offer',
    23,
    () => 'missing offer_id parameter in body',
    () => ({ parameters: line }),
  ),
  sale(
    'an offer that is no UUID',
    24,
    () => 'invalid offer_id parameter',
    () => ({ offer_id: 'x', parameters: line }),
  ),
  sale(
    'an offer nobody has',
    24,
    () => 'invalid offer_id parameter',
    () => ({ offer_id: NOBODYS, parameters: line }),
  ),
  sale('a withdrawn product', 0, unavailable('withdrawn'), order('withdrawn')),
  sale('an expired offer', 0, unavailable('expired'), order('expired')),
  sale('an empty bucket', 0, (c) => `bucket empty for offer ${c.offer('empty')}`, order('empty')),
  sale(
    'no parameters',
    23,
    () => 'missing parameters parameter in body',
    (c) => ({ offer_id: c.offer('msisdn') }),
  ),
  sale('empty parameters', 23, () => 'parameters not set in body', order('msisdn', {})),
  sale('a supplier without connector', 0, () => `supplier ${TRAVEL_B2B} not managed yet`, order('unmanaged')),
  sale('no number', 24, badParameter('msisdn'), order('msisdn', { ean: '1' })),
  sale('no SIM serial', 24, badParameter('simId'), order('simId', { ean: '1' })),
  sale('a serial for a number', 24, badParameter('msisdn'), order('msisdn', { simId: EXAMPLE_SIM_SERIAL })),
  sale('a number for a serial', 24, badParameter('simId'), order('simId')),
  sale('a malformed number', 24, badParameter('msisdn'), order('msisdn', { msisdn: '0684' })),
  sale('a malformed serial', 24, badParameter('simId'), order('simId', { simId: '8991101200003204511' })),
  sale('a line unknown to the supplier', 0, supplierSaid('line unknown'), order('msisdn', { msisdn: '0684587001' })),
  sale('a barred line', 0, supplierSaid('line barred'), order('msisdn', { msisdn: '0684587002' })),
  sale('a line just recharged', 0, supplierSaid('line recently recharged'), order('msisdn', { msisdn: '0684587003' })),
  sale('a line at its limit', 0, supplierSaid('recharge limit exceeded'), order('msisdn', { msisdn: '0684587004' })),
  sale('a supplier out of order', 0, supplierSaid('supplier unavailable'), order('msisdn', { msisdn: '0684587005' })),
];

const refused = (
  operation: string,
  what: string,
  [status, code]: [number, number],
  rest: Omit<PublishedCase, 'operation' | 'what' | 'status' | 'code'> = {},
): PublishedCase => ({ operation, what, status, code, ...rest });
const done = (operation: string, what: string, status: number, rest: Partial<PublishedCase> = {}): PublishedCase => ({
  operation,
  what,
  status,
  ...rest,
});

const SALES: PublishedCase[] = [
  done('createTransaction', 'of a SIM', 201, { body: order('simId', { simId: EXAMPLE_SIM_SERIAL }) }),
  done('createTransaction', 'in Spain', 201, { body: order('spain', { msisdn: '612345678' }) }),
  done('createTransaction', 'that is pending', 201, { body: order('msisdn', { msisdn: '0684587009' }) }),
  done('createTransaction', 'with references of the distributor', 201, {
    body: (c) => ({ offer_id: c.offer('msisdn'), parameters: line, voucher_id: 'V-1', user_id: 'till 7' }),
  }),
  done('createTransaction', 'of an eSIM', 201, {
    body: (c) => ({ offer_id: c.esimOffer() }),
  }),
  refused('createTransaction', 'with a body beyond measure', [413, 22], { body: () => ' '.repeat(70_000) }),
  refused('createTransaction', 'with a body that is no JSON by its type', [415, 68], {
    headers: { 'content-type': 'text/plain' },
    body: () => 'offer_id=1',
  }),
  done('createTransaction', 'with a key', 201, { headers: { 'idempotency-key': 'k-1' }, body: order('msisdn') }),
  refused('createTransaction', 'with the key of another order', [422, 26], {
    headers: { 'idempotency-key': 'k-1' },
    body: order('spain', { msisdn: '612345678' }),
  }),
];

const filters = (operation: string): PublishedCase[] => [
  ...[
    { startDate: '2024-07-16', endDate: '2099-12-31' },
    { startDate: '2024-07-16T12:52:11Z' },
    { status: 'ok' },
    { offer: EXAMPLE_IDS.offer },
    { supplier: FRANCE },
    { user: 'till 7' },
  ].map((query) => done(operation, `by ${Object.keys(query).join(' and ')}`, 200, { query })),
  ...[{ startDate: 'yesterday' }, { endDate: '2024-02-30' }, { status: 'done' }, { offer: 'x' }, { supplier: 'x' }].map(
    (query) => refused(operation, `by a wrong ${Object.keys(query).join()}`, [400, 28], { query }),
  ),
];
const pages = (operation: string): PublishedCase[] => [
  done(operation, 'as a page', 200, { query: { offset: '1', limit: '2' } }),
  refused(operation, 'with a limit of zero', [400, 28], { query: { limit: '0' } }),
  refused(operation, 'with an offset in words', [400, 28], { query: { offset: 'two' } }),
];
const byId = (operation: string, body?: () => unknown): PublishedCase[] =>
  (
    [
      ['by an id that is no UUID', [400, 20], 'x'],
      ['by an id nobody has', [404, 60], NOBODYS],
    ] as const
  ).map(([what, [status, code], id]) =>
    refused(operation, what, [status, code], { params: { id }, ...(body && { body }) }),
  );

const changed = (what: string, change: object): PublishedCase =>
  done('changeDistributorOfferEditableParameters', what, 200, { body: () => change });
const notChanged = (what: string, code: number, change: unknown): PublishedCase =>
  refused('changeDistributorOfferEditableParameters', what, [400, code], { body: () => change });

const aboutSims = (operation: string): PublishedCase[] => [
  ...byId(operation),
  refused(operation, 'without saying which SIM', [400, 27], { query: { simId: '' } }),
  refused(operation, 'by a transaction that is no UUID', [400, 28], { query: { simId: '', transaction: 'x' } }),
  refused(operation, 'by serial, of a supplier through which it was not sold', [404, 60], { params: { id: FRANCE } }),
];

const span = (query: Record<string, string>) => ({
  query: { startDate: '2026-01-01', endDate: '2026-03-31', zoneLevel: 'country', ...query },
});

/** Every case beside those that are the same for all operations. */
export const CASES: readonly PublishedCase[] = [
  ...REFUSED_SALES,
  ...SALES,
  ...pages('getCountryList'),
  ...pages('getCurrencyList'),
  ...pages('getDistributorOfferList'),
  ...byId('getDistributorOffer'),
  ...pages('getDistributorTransactionList'),
  ...filters('getDistributorTransactionList'),
  ...filters('getDistributorTransactionCount'),
  ...byId('getDistributorTransactionDetail'),

  ...byId('changeDistributorOfferEditableParameters', () => ({ name: 'x' })),
  changed('of the name', { name: 'Recharge' }),
  changed('of the fee', { distributor_fees: 2.08, distributor_fees_type: 'value' }),
  changed('of the fee in percent', { distributor_fees: 10, distributor_fees_type: 'percent' }),
  changed('of the metadata', { metadata: 'counter 4' }),
  notChanged('without a body', 21, ''),
  notChanged('with no JSON', 22, '{'),
  notChanged('of nothing', 22, {}),
  notChanged('of the price', 24, { resell_value: 1 }),
  notChanged('to a fee below zero', 24, { distributor_fees: -1 }),
  notChanged('to a fee that is neither', 24, { distributor_fees: 1, distributor_fees_type: 'rate' }),

  ...aboutSims('getSimStatus'),
  ...aboutSims('getUsageBalance'),
  ...byId('getGlobalBalance'),
  done('getGlobalBalance', 'by region', 200, span({ zoneLevel: 'region' })),
  refused('getGlobalBalance', 'without a first day', [400, 27], span({ startDate: '' })),
  refused('getGlobalBalance', 'without a last day', [400, 27], span({ endDate: '' })),
  refused('getGlobalBalance', 'without a level', [400, 27], span({ zoneLevel: '' })),
  refused('getGlobalBalance', 'by an unknown level', [400, 28], span({ zoneLevel: 'town' })),
  refused('getGlobalBalance', 'over more than six months', [400, 28], span({ startDate: '2025-01-01' })),
  refused('getGlobalBalance', 'of a supplier that does not tell', [400, 0], { params: { id: FRANCE }, ...span({}) }),

  done('setDistributorKey', 'in base64', 201, {
    query: { encoding: 'base64' },
    body: () => ({ key_type: 'rsa256', public_key_value: Buffer.from(EXAMPLE_PUBLIC_KEY).toString('base64') }),
  }),
  done('getDistributorKey', 'in base64', 200, { query: { encoding: 'base64' } }),
  refused('setDistributorKey', 'that is none', [400, 24], {
    body: () => ({ key_type: 'rsa256', public_key_value: 'none' }),
  }),
  refused('setDistributorKey', 'of another kind', [400, 24], {
    body: () => ({ key_type: 'ed25519', public_key_value: EXAMPLE_PUBLIC_KEY }),
  }),
  refused('setDistributorKey', 'without a kind', [400, 23], {
    body: () => ({ public_key_value: EXAMPLE_PUBLIC_KEY }),
  }),
];
