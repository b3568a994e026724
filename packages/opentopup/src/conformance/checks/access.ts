import { answered, type Check, holds, refusedWith, same } from '../check.ts';
import { NOBODYS } from '../workbench.ts';

const SUPPLIER = `/distributors/suppliers/${NOBODYS}`;

/** What reads, by its operation. */
const READS: Readonly<Record<string, string>> = {
  getCountryList: '/countries',
  getCurrencyList: '/currencies',
  getDistributorOfferList: '/distributors/offers',
  getDistributorOffer: `/distributors/offers/${NOBODYS}`,
  getDistributorTransactionList: '/distributors/transactions',
  getDistributorTransactionCount: '/distributors/transactions/count',
  getDistributorTransactionDetail: `/distributors/transactions/${NOBODYS}`,
  getAvailableSupplierList: '/distributors/suppliers',
  getSimStatus: `${SUPPLIER}/simstatus?transaction=${NOBODYS}`,
  getUsageBalance: `${SUPPLIER}/usagebalances?transaction=${NOBODYS}`,
  getGlobalBalance: `${SUPPLIER}/globalbalances?startDate=2026-01-01&endDate=2026-03-31&zoneLevel=country`,
  getDistributorKey: '/distributors/keys',
};

const TOKENS: readonly Check[] = [
  {
    operation: 'createToken',
    rule: 'token',
    severity: 'critical',
    run: async ({ guest }) => {
      const { status, body, headers } = await guest.askToken();
      same('status', 200, status);
      holds(/^application\/json\b/.test(headers.get('content-type') ?? ''), 'content-type', 'application/json', '');
      holds(/^bearer$/i.test(String(body?.token_type)), '/token_type', 'Bearer', body?.token_type);
      holds(typeof body.access_token === 'string' && body.access_token !== '', '/access_token', 'string', '');
      holds(Number(body.expires_in) > 0, '/expires_in', '> 0', body.expires_in);
    },
  },
  {
    operation: 'createToken',
    rule: 'wrong_secret',
    severity: 'critical',
    run: async ({ guest }) => refusedWith(await guest.askToken('wrong'), 401, 41),
  },
  {
    operation: 'createToken',
    rule: 'no_secret',
    severity: 'critical',
    run: async ({ guest }) => refusedWith(await guest.askToken(null), 401, 40),
  },
];

const doors = ([operation, path]: [string, string]): Check[] => [
  {
    operation,
    rule: 'no_token',
    severity: 'critical',
    run: async ({ guest }) => refusedWith(await guest.get(path, { token: null }), 401, 40),
  },
  {
    operation,
    rule: 'wrong_token',
    severity: 'critical',
    run: async ({ guest }) => refusedWith(await guest.get(path, { token: 'wrong' }), 401, 41),
  },
  {
    operation,
    rule: 'not_acceptable',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(path, { headers: { Accept: 'application/xml' } }), 406, 62),
  },
];

/** Who is let in, and what is the same for all operations. */
export const ACCESS_CHECKS: readonly Check[] = [
  ...TOKENS,
  {
    operation: 'isAlive',
    rule: 'answer',
    severity: 'major',
    run: async ({ guest }) => {
      same('/isAlive', true, answered('isAlive', await guest.get('/live')).isAlive);
    },
  },
  {
    operation: 'isAlive',
    rule: 'method',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.send('POST', '/live'), 405, 61),
  },
  {
    operation: 'isAlive',
    rule: 'any_form',
    severity: 'major',
    run: async ({ guest }) => {
      answered('isAlive', await guest.get('/live', { headers: { Accept: '*/*' } }));
    },
  },
  {
    operation: 'isAlive',
    rule: 'no_path',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get('/distributors/nothing'), 404, 60),
  },
  ...Object.entries(READS).flatMap(doors),
];
