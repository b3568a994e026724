import { createHash, timingSafeEqual } from 'node:crypto';
import type { Book } from '../book.ts';
import { numberSetting } from '../control-setting.ts';
import type { Dialect, VendorAnswer, VendorRequest } from '../dialect.ts';
import { dtoneError, dtonePage, pageOf } from './answers.ts';
import {
  ACCOUNT_CURRENCY,
  DTONE_OPERATORS,
  DTONE_PRODUCTS,
  type DtoneProduct,
  operatorsOfNumber,
} from './catalogue.ts';
import { E164 } from './read-order.ts';
import { DtoneTransactions } from './transactions.ts';
import { productWire, promotionOf } from './wire.ts';

const CREDENTIALS = { KEY: 'simulated-key', SECRET: 'simulated-secret' };
const PRODUCTS: ReadonlyMap<number, DtoneProduct> = new Map(DTONE_PRODUCTS.map((product) => [product.id, product]));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const AUTHORIZATION = `Basic ${Buffer.from(`${CREDENTIALS.KEY}:${CREDENTIALS.SECRET}`).toString('base64')}`;

/** Tells whether something fits what a query asks for, if it asks for it at all. */
const asks = (query: URLSearchParams, name: string, value: string | number): boolean =>
  (query.get(name) ?? String(value)) === String(value);

/** What is listed again has ids so much higher; it is listed, and no more. */
const LISTED_AGAIN = 1_000_000;

const listed = (times: number): readonly DtoneProduct[] =>
  Array.from({ length: times }, (_, nth) =>
    DTONE_PRODUCTS.map((product) => ({ ...product, id: product.id + nth * LISTED_AGAIN })),
  ).flat();

const listProducts = (products: readonly DtoneProduct[], { query }: VendorRequest): VendorAnswer => {
  const meant = products.filter(
    ({ type, operator }) =>
      asks(query, 'type', type) &&
      asks(query, 'operator_id', operator.id) &&
      asks(query, 'country_iso_code', operator.country.iso_code) &&
      asks(query, 'service_id', 1),
  );
  const answer = dtonePage(meant, pageOf(query));
  return answer.status === 200 ? { ...answer, body: (answer.body as DtoneProduct[]).map(productWire) } : answer;
};

/** Gives a product's promotion as it is listed. */
const promotionWire = (product: DtoneProduct) => {
  const { id, name, type, operator } = product;
  const { country } = operator;
  return {
    ...promotionOf(product),
    operator: { id: operator.id, name: operator.name, country: { name: country.name, iso_code: country.iso_code } },
    products: [{ id, name, description: `Recharges a line of ${operator.name}.`, type }],
  };
};

const listPromotions = ({ query }: VendorRequest) => {
  const meant = DTONE_PRODUCTS.filter(
    ({ id, operator, hasPromotion }) =>
      hasPromotion &&
      asks(query, 'product_id', id) &&
      asks(query, 'operator_id', operator.id) &&
      asks(query, 'country_iso_code', operator.country.iso_code),
  );
  return dtonePage(meant.map(promotionWire), pageOf(query));
};

const lookUpNumber = ({ body }: VendorRequest) => {
  const { mobile_number, page = null, per_page = null } = (body ?? {}) as Record<string, string | number | undefined>;
  if (typeof mobile_number !== 'string' || !E164.test(mobile_number)) return dtoneError(1000400);
  return dtonePage(operatorsOfNumber(mobile_number), { page, per_page });
};

const listBalances = ({ balance, lends }: Book, { query }: VendorRequest) => {
  const told = {
    id: 1,
    unit_type: 'CURRENCY',
    unit: ACCOUNT_CURRENCY,
    available: balance.available / 100,
    holding: balance.holding / 100,
    credit_limit: lends / 100,
  };
  return dtonePage(asks(query, 'unit', ACCOUNT_CURRENCY) ? [told] : [], pageOf(query));
};

/** Plays DT One's Digital Value Services, version 1. */
export const playDtone: Dialect = (parts) => {
  const transactions = new DtoneTransactions(parts, PRODUCTS);
  const { book } = parts;
  let [times, products] = [1, listed(1)];
  return {
    base: '/v1',
    credentials: CREDENTIALS,
    routes: {
      'POST /async/transactions': (request) => transactions.create(request, false),
      'POST /sync/transactions': (request) => transactions.create(request, true),
      'POST /async/transactions/{id}/confirm': (request) => transactions.confirm(request, false),
      'POST /sync/transactions/{id}/confirm': (request) => transactions.confirm(request, true),
      'POST /transactions/{id}/cancel': (request) => transactions.cancel(request),
      'GET /transactions': (request) => transactions.list(request),
      'GET /transactions/{id}': (request) => transactions.find(request),
      'GET /balances': (request) => listBalances(book, request),
      'GET /products': (request) => listProducts(products, request),
      'GET /products/{id}': ({ places }) => {
        const product = PRODUCTS.get(Number(places['id']));
        return product ? { status: 200, body: productWire(product) } : dtoneError(1003001);
      },
      'GET /operators': ({ query }) => {
        const meant = DTONE_OPERATORS.filter(({ country }) => asks(query, 'country_iso_code', country.iso_code));
        return dtonePage(meant, pageOf(query));
      },
      'GET /operators/{id}': ({ places }) => {
        const operator = DTONE_OPERATORS.find(({ id }) => id === Number(places['id']));
        return operator ? { status: 200, body: operator } : dtoneError(1005006);
      },
      'GET /promotions': listPromotions,
      'GET /promotions/{id}': ({ places }) => {
        const product = PRODUCTS.get(Number(places['id']));
        return product?.hasPromotion ? { status: 200, body: promotionWire(product) } : dtoneError(1003201);
      },
      'POST /lookup/mobile-number': lookUpNumber,
    },
    authorize: ({ headers }) => {
      const isKnown = timingSafeEqual(digest(headers.authorization ?? ''), digest(AUTHORIZATION));
      return isKnown ? null : dtoneError(1000401);
    },
    notFound: () => dtoneError(1000404),
    refuse: (status) => dtoneError(status === 429 ? 1000429 : 1009503),
    limitHeaders: (limit, left) => ({ 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(left) }),
    end: (order, ending) => transactions.end(order, ending),
    settings: {
      /** What it lends, in minor units: so far the balance may fall below zero. */
      credit_limit: numberSetting(
        () => book.lends,
        (value) => {
          book.lends = value;
        },
      ),
      /** How often each product is listed, for a catalogue of many. */
      catalogue_times: numberSetting(
        () => times,
        (value) => {
          [times, products] = [value, listed(value)];
        },
      ),
    },
  };
};
