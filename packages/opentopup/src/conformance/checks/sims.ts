import { Absence, answered, type Check, refusedWith, there } from '../check.ts';
import { NOBODYS, ORANGE_FRANCE, WELCOME_TRAVELERS, type Workbench } from '../workbench.ts';
import { byIdChecks } from './by-id.ts';

const supplierPath = (id: string, part: string): string => `/distributors/suppliers/${id}/${part}`;

const ABOUT_SIMS = [
  ['getSimStatus', 'simstatus'],
  ['getUsageBalance', 'usagebalances'],
] as const;

const ofSims = ([operation, part]: (typeof ABOUT_SIMS)[number]): Check[] => [
  ...byIdChecks(operation, (id) => `${supplierPath(id, part)}?transaction=${NOBODYS}`),
  {
    operation,
    rule: 'no_sim_named',
    severity: 'minor',
    run: async ({ guest }) => refusedWith(await guest.get(supplierPath(WELCOME_TRAVELERS, part)), 400, 27),
  },
  {
    operation,
    rule: 'no_transaction_id',
    severity: 'minor',
    run: async ({ guest }) =>
      refusedWith(await guest.get(`${supplierPath(WELCOME_TRAVELERS, part)}?transaction=x`), 400, 28),
  },
  {
    operation,
    rule: 'of_own_sim',
    severity: 'major',
    run: async (bench) => {
      const path = `${supplierPath(WELCOME_TRAVELERS, part)}?transaction=${await ownSim(bench)}`;
      const seen = await bench.guest.get(path);
      // The supplier may not say anything just now.
      if (seen.status === 503) throw new Absence('supplier_answers');
      answered(operation, seen);
    },
  },
];

/** A transaction in which this distributor has sold a SIM of that supplier, or recharged one. */
async function ownSim(bench: Workbench): Promise<string> {
  const all = [...bench.sold, ...(await bench.transactions())];
  const own = all.find(({ status, product_type, parameters }) => {
    return status === 'ok' && (product_type === 'eSim' || parameters?.simId !== undefined);
  });
  return there(own, 'own_sim').id;
}

const BALANCE = 'getGlobalBalance';

const day = (ago: number): string => new Date(Date.now() - 86_400_000 * ago).toISOString().slice(0, 10);
const balances = (change: Record<string, string>, supplier = WELCOME_TRAVELERS): string => {
  const query = { startDate: day(60), endDate: day(1), zoneLevel: 'country', ...change };
  const asked = Object.entries(query).filter(([, value]) => value !== '');
  return `${supplierPath(supplier, 'globalbalances')}?${new URLSearchParams(asked).toString()}`;
};

const WRONG: readonly (readonly [Check['rule'], number, Record<string, string>])[] = [
  ['no_start', 27, { startDate: '' }],
  ['no_end', 27, { endDate: '' }],
  ['no_level', 27, { zoneLevel: '' }],
  ['unknown_level', 28, { zoneLevel: 'town' }],
  ['six_months', 28, { startDate: day(300) }],
];

const BALANCES: readonly Check[] = [
  {
    operation: BALANCE,
    rule: 'answer',
    severity: 'major',
    run: async (bench) => {
      await needsSupplier(bench, WELCOME_TRAVELERS);
      const seen = await bench.guest.get(balances({}));
      if (seen.status === 503) throw new Absence('supplier_answers');
      answered(BALANCE, seen);
    },
  },
  ...byIdChecks(BALANCE, (id) => balances({}, id)),
  ...WRONG.map(
    ([rule, code, change]): Check => ({
      operation: BALANCE,
      rule,
      severity: 'minor',
      run: async ({ guest }) => refusedWith(await guest.get(balances(change)), 400, code),
    }),
  ),
  {
    operation: BALANCE,
    rule: 'other_supplier',
    severity: 'minor',
    run: async (bench) => {
      await needsSupplier(bench, ORANGE_FRANCE);
      refusedWith(await bench.guest.get(balances({}, ORANGE_FRANCE)), 400, 0);
    },
  },
];

async function needsSupplier(bench: Workbench, id: string): Promise<void> {
  const suppliers = await bench.suppliers();
  there(
    suppliers.find((each) => each?.id === id),
    'supplier',
  );
}

/** What suppliers tell of SIMs. */
export const SIM_CHECKS: readonly Check[] = [...ABOUT_SIMS.flatMap(ofSims), ...BALANCES];
