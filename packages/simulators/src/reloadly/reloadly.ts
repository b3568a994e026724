import { numberSetting } from '../control-setting.ts';
import type { Dialect, VendorAnswer, VendorRequest, VendorRoute } from '../dialect.ts';
import { reloadlyError, reloadlyNotFound, reloadlyPage, reloadlyRefusal, writtenAt } from './answers.ts';
import {
  RELOADLY_COUNTRIES,
  RELOADLY_CURRENCY,
  RELOADLY_OPERATORS,
  type ReloadlyCountry,
  type ReloadlyOperator,
  readPhoneNumber,
} from './catalogue.ts';
import { WEBHOOK_SECRET } from './notification.ts';
import { RELOADLY_CREDENTIALS, ReloadlyTokens } from './tokens.ts';
import { ReloadlyTopups } from './topups.ts';
import { commissionWire, countryWire, operatorWire, promotionWire, rateWire } from './wire.ts';

const PER_PAGE = 200;
const ok = (body: unknown): VendorAnswer => ({ status: 200, body });

/** Tells whether what an operator sells is asked for: all is, unless the client leaves it out. */
const isIncluded = ({ sells }: ReloadlyOperator, query: URLSearchParams): boolean =>
  !(sells === 'data' && query.get('includeData') === 'false') &&
  !(sells === 'pin' && query.get('includePin') === 'false');

/** A route for the operator of its path. */
const forOperator =
  (answer: (of: ReloadlyOperator, request: VendorRequest) => VendorAnswer): VendorRoute =>
  (request) => {
    const found = RELOADLY_OPERATORS.find(({ id }) => id === Number(request.places['id']));
    return found ? answer(found, request) : reloadlyRefusal(404, 'Operator not found for given id', request);
  };

/** A route for the country of its path. */
const forCountry =
  (answer: (of: ReloadlyCountry, request: VendorRequest) => VendorAnswer): VendorRoute =>
  (request) => {
    const asked = request.places['country']?.toUpperCase();
    const found = RELOADLY_COUNTRIES.find(({ isoName }) => isoName === asked);
    return found ? answer(found, request) : reloadlyError('COUNTRY_NOT_SUPPORTED', request);
  };

const operatorsOf = ({ isoName }: ReloadlyCountry): ReloadlyOperator[] =>
  RELOADLY_OPERATORS.filter(({ country }) => country.isoName === isoName);
const promoted = RELOADLY_OPERATORS.filter(({ hasPromotion }) => hasPromotion);

const tellRate: VendorRoute = (request) => {
  const { operatorId, amount } = (request.body ?? {}) as Record<string, unknown>;
  const operator = RELOADLY_OPERATORS.find(({ id }) => id === operatorId);
  if (!operator || typeof amount !== 'number') return reloadlyError('FX_RATE_NOT_AVAILABLE', request);
  return ok(rateWire(operator, amount));
};

/** Its first operator of airtime is that of all numbers of a country. */
const detectOperator = forCountry((of, request) => {
  const number = readPhoneNumber(request.places['phone'] ?? '', of);
  const found = number === null ? undefined : operatorsOf(of).find(({ sells }) => sells === 'airtime');
  return found ? ok(operatorWire(found, request.query)) : reloadlyError('COULD_NOT_AUTO_DETECT_OPERATOR', request);
});

const READS: Readonly<Record<string, VendorRoute>> = {
  'GET /countries': () => ok(RELOADLY_COUNTRIES.map(countryWire)),
  'GET /countries/{country}': forCountry((of) => ok(countryWire(of))),
  'GET /operators': ({ query }) => {
    const meant = RELOADLY_OPERATORS.filter((each) => isIncluded(each, query));
    return reloadlyPage(
      meant.map((each) => operatorWire(each, query)),
      query,
      PER_PAGE,
    );
  },
  'GET /operators/{id}': forOperator((of, { query }) => ok(operatorWire(of, query))),
  'GET /operators/countries/{country}': forCountry((of, { query }) => {
    const meant = operatorsOf(of).filter((each) => isIncluded(each, query));
    return ok(meant.map((each) => operatorWire(each, query)));
  }),
  'GET /operators/auto-detect/phone/{phone}/countries/{country}': detectOperator,
  'POST /operators/fx-rate': tellRate,
  'GET /operators/commissions': ({ query }) => reloadlyPage(RELOADLY_OPERATORS.map(commissionWire), query, PER_PAGE),
  'GET /operators/{id}/commissions': forOperator((of) => ok(commissionWire(of))),
  'GET /promotions': ({ query }) => reloadlyPage(promoted.map(promotionWire), query, PER_PAGE),
  'GET /promotions/{id}': (request) => {
    const found = promoted.find(({ id }) => id === Number(request.places['id']));
    return found ? ok(promotionWire(found)) : reloadlyRefusal(404, 'Promotion not found for given id', request);
  },
  'GET /promotions/country-codes/{country}': forCountry((of) =>
    ok({
      content: operatorsOf(of)
        .filter((each) => each.hasPromotion)
        .map(promotionWire),
    }),
  ),
  'GET /promotions/operators/{id}': forOperator((of) => ok({ content: of.hasPromotion ? [promotionWire(of)] : [] })),
};

/** Plays the airtime API of Reloadly, and the service that makes its tokens. */
export const playReloadly: Dialect = (parts) => {
  const tokens = new ReloadlyTokens();
  const topups = new ReloadlyTopups(parts);
  const { balance } = parts.book;
  const began = writtenAt(new Date());
  return {
    base: '',
    credentials: { ...RELOADLY_CREDENTIALS, WEBHOOK_SECRET },
    routes: {
      ...READS,
      'POST /oauth/token': (request) => tokens.make(request),
      'GET /accounts/balance': () =>
        ok({
          balance: balance.available / 100,
          currencyCode: RELOADLY_CURRENCY,
          currencyName: 'US Dollar',
          updatedAt: began,
        }),
      'POST /topups': (request) => topups.create(request),
      'POST /topups-async': (request) => topups.createAsync(request),
      'GET /topups/{id}/status': (request) => topups.status(request),
      'GET /topups/reports/transactions': (request) => topups.list(request),
      'GET /topups/reports/transactions/{id}': (request) => topups.find(request),
    },
    authorize: (request) => (request.path === '/oauth/token' ? null : tokens.refuse(request)),
    notFound: () => reloadlyNotFound('/'),
    refuse: (status) =>
      status === 429
        ? reloadlyRefusal(429, 'Too many requests', { path: '/' })
        : reloadlyError('OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE', { path: '/' }),
    settings: {
      /** Of the tokens that are made from now on; all others end. */
      token_life_s: numberSetting(
        () => tokens.life_s,
        (value) => tokens.endAll(value),
      ),
      /** How long an order is missing in the report. */
      report_delay_ms: numberSetting(
        () => topups.reportDelay_ms,
        (value) => (topups.reportDelay_ms = value),
      ),
    },
    end: (order, ending) => topups.end(order, ending),
  };
};
