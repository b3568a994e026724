import type { Passing, Plant, Returning } from './deviating-proxy.ts';

/** A deviation, and the checks that have to find it: one of them at least, and no others. */
export interface PlantedDeviation extends Plant {
  what: string;
  /** Ids of checks, or how they begin or end. */
  found: RegExp;
}

const json = ({ body }: Returning): any => JSON.parse(body);
const told = (returning: Returning, body: unknown, status = returning.status): Returning => ({
  ...returning,
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const pathOf = ({ path }: Passing): string => path.replace('/travel-b2b-sandbox/v1', '').split('?')[0] ?? '';

/** Changes what is answered on one path where it is well. */
const changed = (path: RegExp, change: (body: any) => unknown): Plant => ({
  answered: (returning, passing) =>
    path.test(pathOf(passing)) && returning.status < 300 && returning.type.startsWith('application/json')
      ? told(returning, change(json(returning)))
      : returning,
});
/** Leaves a parameter out of the query. */
const deaf = (path: RegExp, name: string): Plant => ({
  asked: (passing) => {
    const [address = '', query = ''] = passing.path.split('?');
    const asked = new URLSearchParams(query);
    if (!path.test(pathOf(passing)) || !asked.has(name)) return passing;
    asked.delete(name);
    return { ...passing, path: `${address}?${asked.toString()}` };
  },
});
/** Changes a refusal. */
const otherRefusal = (status: number, change: (body: any) => unknown, as = status): Plant => ({
  answered: (returning) => (returning.status === status ? told(returning, change(json(returning)), as) : returning),
});

const TRANSACTIONS = /^\/distributors\/transactions$/;
const OFFERS = /^\/distributors\/offers$/;

/** Deviations that clients of real servers have met, or would be harmed by. */
export const PLANTED: readonly PlantedDeviation[] = [
  {
    what: 'a token does not say how long it lives',
    found: /^createToken\/token$/,
    ...changed(/^\/oauth\//, (token) => ({ ...token, expires_in: undefined })),
  },
  {
    what: 'a wrong secret is told to be a bad request',
    found: /^createToken\/wrong_secret$/,
    answered: (returning, passing) =>
      pathOf(passing).startsWith('/oauth/') && json(returning).code === 41
        ? told(returning, { ...json(returning), message: 'Bad Request', code: 22 }, 400)
        : returning,
  },
  {
    what: 'offers are told without a token',
    found: /^getDistributorOfferList\/no_token$/,
    answered: (returning, passing) =>
      OFFERS.test(pathOf(passing)) && !passing.headers['authorization'] ? told(returning, [], 200) : returning,
  },
  {
    what: 'a wrong token is told to be a missing one',
    found: /\/wrong_(token|secret)$/,
    ...otherRefusal(401, (body) => ({ ...body, code: 40 })),
  },
  {
    what: 'what the client accepts is not looked at',
    found: /\/not_acceptable$/,
    asked: (passing) =>
      passing.headers['accept'] === 'application/xml'
        ? { ...passing, headers: { ...passing.headers, accept: '*/*' } }
        : passing,
  },
  {
    what: 'a path that is none is told to be a bad request',
    found: /\/(no_path|nobodys)$/,
    ...otherRefusal(404, (body) => ({ ...body, message: 'Bad Request' }), 400),
  },
  {
    what: 'refusals are pages',
    found: /./,
    answered: (returning) =>
      returning.status >= 400 ? { ...returning, type: 'text/html', body: '<h1>No</h1>' } : returning,
  },
  { what: 'limit is not looked at', found: /^getCountryList\/limit/, ...deaf(/^\/countries$/, 'limit') },
  { what: 'offset is not looked at', found: /^getDistributorOfferList\/offset/, ...deaf(OFFERS, 'offset') },
  {
    what: 'a stock is text',
    found: /Offer/,
    ...changed(OFFERS, (offers) => offers.map((each: any) => ({ ...each, bucket: `${each.bucket}` }))),
  },
  {
    what: 'a stock is below zero',
    found: /^getDistributorOfferList\/bucket$/,
    ...changed(OFFERS, (offers) => offers.map((each: any) => ({ ...each, bucket: each.bucket || -1 }))),
  },
  {
    what: 'an offer has another price by its id',
    found: /^(getDistributorOffer\/as_listed|changeDistributorOfferEditableParameters\/\w+)$/,
    ...changed(/^\/distributors\/offers\/[\w-]+$/, (offer) => ({ ...offer, resell_value: 1 })),
  },
  {
    what: 'dates of sales have no zone',
    found: /Transaction/,
    ...changed(/^\/distributors\/transactions/, (body) =>
      JSON.parse(JSON.stringify(body).replaceAll(/"(\d{4}-\d\d-\d\d)T([\d:]+)Z"/g, '"$1 $2"')),
    ),
  },
  { what: 'states are not kept apart', found: /\/(by|no)_status$/, ...deaf(TRANSACTIONS, 'status') },
  {
    what: 'any customer’s sales are found by any reference',
    found: /\/(by_user|sale)$/,
    ...deaf(TRANSACTIONS, 'user'),
  },
  {
    what: 'the last day is not part of a period',
    found: /\/by_day$/,
    asked: (passing) => ({
      ...passing,
      path: passing.path.replace(/endDate=(\d{4}-\d\d-\d\d)(?=&|$)/, 'endDate=$1T00%3A00%3A00Z'),
    }),
  },
  {
    what: 'one too many is counted',
    found: /^getDistributorTransactionCount\/count/,
    ...changed(/\/count$/, ({ count }) => ({ count: count + 1 })),
  },
  {
    what: 'there is no CSV',
    found: /\/csv$/,
    asked: (passing) =>
      passing.headers['accept'] === 'text/csv'
        ? { ...passing, headers: { ...passing.headers, accept: 'application/json' } }
        : passing,
  },
  {
    what: 'an empty stock is told in other words',
    found: /\/empty_bucket$/,
    answered: (returning) =>
      returning.body.includes('bucket empty')
        ? { ...returning, body: returning.body.replace('bucket empty', 'stock is empty') }
        : returning,
  },
  {
    what: 'a supplier’s no does not say whose',
    found: /\/suppliers_no$/,
    answered: (returning) => ({
      ...returning,
      body: returning.body.replace(/(unchanged\)) [^"]* message/, '$1 message'),
    }),
  },
  {
    what: 'what is made is answered as if nothing was',
    found: /^(createTransaction|setDistributorKey)\//,
    answered: (returning) => (returning.status === 201 ? { ...returning, status: 200 } : returning),
  },
  {
    what: 'a sale takes no unit',
    found: /\/(one_unit|never_oversold)$/,
    ...changed(/^\/distributors\/offers/, (body) => {
      const full = (offer: any) => ({ ...offer, bucket: offer.bucket > 1_000 ? 1_000_000 : offer.bucket });
      return Array.isArray(body) ? body.map(full) : full(body);
    }),
  },
  {
    what: 'a malformed number is taken for another one',
    found: /\/(malformed_number|no_keeps_bucket)$/,
    asked: (passing) => ({ ...passing, body: passing.body.replace('"0684"', '"0684587588"') }),
  },
  {
    what: 'a repeated order sells twice',
    found: /\/key_sells_once$/,
    asked: (passing) => {
      const { 'idempotency-key': _, ...headers } = passing.headers;
      return { ...passing, headers };
    },
  },
  {
    what: 'a distributor sets what it is charged',
    found: /\/own_price$/,
    answered: (returning, passing, again) => {
      if (!passing.body.includes('resell_value')) return returning;
      const { body: _, ...rest } = passing;
      return again({ ...rest, method: 'GET', body: '' });
    },
  },
  {
    what: 'an activation code is not encrypted',
    found: /\/esim_decrypts$/,
    answered: (returning) => ({
      ...returning,
      body: returning.body.replaceAll(/"activation_code":"[^"]+"/g, '"activation_code":"LPA:1$smdp.example$K2"'),
    }),
  },
  {
    what: 'connections end without an answer',
    found: /^getCurrencyList\//,
    answered: (returning, passing) => (pathOf(passing) === '/currencies' ? 'cut' : returning),
  },
];
