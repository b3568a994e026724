import { answered, type Check, refusedWith, same, there } from '../check.ts';

/** Lists that come page by page, and the field that tells their entries apart. */
const LISTS = [
  ['getCountryList', '/countries', 'iso_code'],
  ['getCurrencyList', '/currencies', 'iso_code'],
  ['getDistributorOfferList', '/distributors/offers', 'id'],
  ['getDistributorTransactionList', '/distributors/transactions', 'id'],
] as const;

type Entry = Record<string, unknown>;

const checksOf = ([operation, path, key]: (typeof LISTS)[number]): Check[] => [
  {
    operation,
    rule: 'answer',
    severity: 'major',
    run: async ({ guest }) => {
      answered(operation, await guest.get(path));
    },
  },
  {
    operation,
    rule: 'limit',
    severity: 'major',
    run: async ({ guest }) => {
      const some = answered(operation, await guest.get(`${path}?limit=2`)) as Entry[];
      there(some[1], 'entries');
      const one = answered(operation, await guest.get(`${path}?limit=1`)) as Entry[];
      same('length', 1, one.length);
    },
  },
  {
    operation,
    rule: 'offset',
    severity: 'critical',
    run: async ({ guest }) => {
      const some = answered(operation, await guest.get(`${path}?limit=2`)) as Entry[];
      const second = there(some[1], 'entries');
      const page = answered(operation, await guest.get(`${path}?offset=1&limit=1`)) as Entry[];
      same(`/0/${key}`, second[key], page[0]?.[key]);
    },
  },
  {
    operation,
    rule: 'limit_zero',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(`${path}?limit=0`), 400, 28),
  },
  {
    operation,
    rule: 'offset_words',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(`${path}?offset=two`), 400, 28),
  },
];

/** What all lists have in common. */
export const LIST_CHECKS: readonly Check[] = LISTS.flatMap(checksOf);
