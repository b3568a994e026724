import { answered, type Check, holds, refusedWith, same, there } from '../check.ts';
import type { SeenTransaction, Workbench } from '../workbench.ts';
import { byIdChecks } from './by-id.ts';

const LIST = 'getDistributorTransactionList';
const COUNT = 'getDistributorTransactionCount';
const DETAIL = 'getDistributorTransactionDetail';
const PATH = '/distributors/transactions';
/** Transactions that are looked through for those that a filter should have kept out. */
const LIMIT = 50;
const DAY_MS = 86_400_000;

const pathOf = (id: string): string => `${PATH}/${id}`;

/** Transactions of before or of this run. */
async function some(bench: Workbench): Promise<SeenTransaction[]> {
  const all = [...bench.sold, ...(await bench.transactions())];
  there(all[0], 'transactions');
  return all;
}

const listed = async ({ guest }: Workbench, query: Record<string, string>): Promise<SeenTransaction[]> =>
  answered(LIST, await guest.get(`${PATH}?${new URLSearchParams({ ...query, limit: String(LIMIT) }).toString()}`));

/** Looks at what a filter lets through: what it should, and what is known to be there. */
const filtered = (
  rule: Check['rule'],
  queryOf: (some: SeenTransaction) => Record<string, string> | undefined,
  isLetThrough: (each: SeenTransaction, as: SeenTransaction) => boolean,
): Check => ({
  operation: LIST,
  rule,
  severity: 'critical',
  run: async (bench) => {
    const one = there(
      (await some(bench)).find((each) => queryOf(each) !== undefined),
      'transactions',
    );
    const query = queryOf(one) ?? {};
    const found = await listed(bench, query);
    const [name = ''] = Object.keys(query);
    for (const each of found) holds(isLetThrough(each, one), each.id, `?${name}`, each.status);
    holds(found.length > 0, 'length', '> 0', 0);
  },
});

/** A day of the past on which something was sold, with the instants around it. */
function dayOf({ creation_date }: SeenTransaction) {
  const day = creation_date.slice(0, 10);
  const begin_ms = Date.parse(`${day}T00:00:00Z`);
  return { day, begin_ms, end_ms: begin_ms + DAY_MS };
}

const FILTERS: readonly Check[] = [
  filtered(
    'by_status',
    ({ status }) => ({ status }),
    (each, one) => each.status === one.status,
  ),
  filtered(
    'by_offer',
    ({ offer_id }) => ({ offer: offer_id }),
    (each, one) => each.offer_id === one.offer_id,
  ),
  filtered(
    'by_user',
    ({ user_id }) => (user_id ? { user: user_id } : undefined),
    (each, one) => each.user_id === one.user_id,
  ),
  filtered(
    'by_day',
    (one) => ({ startDate: dayOf(one).day, endDate: dayOf(one).day }),
    ({ creation_date }, one) => {
      const { begin_ms, end_ms } = dayOf(one);
      const at_ms = Date.parse(creation_date);
      return at_ms >= begin_ms && at_ms < end_ms;
    },
  ),
  {
    operation: LIST,
    rule: 'by_future',
    severity: 'major',
    run: async (bench) => same('length', 0, (await listed(bench, { startDate: '2099-01-01' })).length),
  },
];

const WRONG: readonly (readonly [Check['rule'], string])[] = [
  ['no_date', 'startDate=yesterday'],
  ['no_day', 'endDate=2024-02-30'],
  ['no_status', 'status=done'],
  ['no_offer_id', 'offer=x'],
  ['no_supplier_id', 'supplier=x'],
];
const wrong = ([rule, query]: (typeof WRONG)[number]): Check[] => [
  {
    operation: LIST,
    rule,
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(`${PATH}?${query}`), 400, 28),
  },
  {
    operation: COUNT,
    rule,
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(`${PATH}/count?${query}`), 400, 28),
  },
];

const COUNTING: readonly Check[] = [
  {
    operation: COUNT,
    rule: 'count_as_listed',
    severity: 'critical',
    run: async (bench) => {
      // Of one offer, and of the past: nothing is added while it is looked at.
      const last = there((await bench.transactions()).at(-1), 'transactions');
      const query = { offer: last.offer_id, endDate: last.creation_date };
      const found = await listed(bench, query);
      if (found.length === LIMIT) there(undefined, 'fewer_transactions');
      const asked = new URLSearchParams(query).toString();
      const { count } = answered(COUNT, await bench.guest.get(`${PATH}/count?${asked}`));
      same('/count', found.length, count);
    },
  },
  {
    operation: COUNT,
    rule: 'count_of_future',
    severity: 'major',
    run: async ({ guest }) => {
      const { count } = answered(COUNT, await guest.get(`${PATH}/count?startDate=2099-01-01`));
      same('/count', 0, count);
    },
  },
];

const READING: readonly Check[] = [
  {
    operation: DETAIL,
    rule: 'as_listed',
    severity: 'critical',
    run: async (bench) => {
      const [one] = await some(bench);
      const { id, offer_id, creation_date } = there(one, 'transactions');
      const found = answered(DETAIL, await bench.guest.get(pathOf(id)));
      same('/id', id, found.id);
      same('/offer_id', offer_id, found.offer_id);
      same('/creation_date', creation_date, found.creation_date);
    },
  },
  ...byIdChecks(DETAIL, pathOf),
  {
    operation: LIST,
    rule: 'csv',
    severity: 'major',
    run: async (bench) => {
      const [one] = await some(bench);
      const { status, headers, text } = await bench.guest.get(`${PATH}?limit=${LIMIT}`, {
        headers: { Accept: 'text/csv' },
      });
      same('status', 200, status);
      holds(
        /^text\/csv\b/.test(headers.get('content-type') ?? ''),
        'content-type',
        'text/csv',
        headers.get('content-type'),
      );
      holds(text.includes(there(one, 'transactions').id), 'id', 'a line of each transaction', text.split('\n')[0]);
    },
  },
];

/** What was sold, and how it is found. */
export const TRANSACTION_CHECKS: readonly Check[] = [...READING, ...FILTERS, ...COUNTING, ...WRONG.flatMap(wrong)];
