import { Gauge, type Registry } from 'prom-client';
import type { Isolation } from '../connectors/isolation.ts';
import type { Query } from '../database/database.ts';
import {
  type BucketLevel,
  countOpenCases,
  type Gauges,
  readGauges,
  readLeastStocks,
  readSupplierLevels,
  type SupplierLevel,
} from './gauges.query.ts';

/** The stocks with the fewest units are told one by one; of the others only the sums, lest there be too many series. */
const STOCKS_TOLD = 1_000;
/** How long what was read of the database is told again, whoever asks. */
const FRESH_FOR_MS = 5_000;
/** Of gauges that each process reads of the same database, one stands for all. */
const SHARED = { aggregator: 'first' as const };

/** Shows what the database holds, read when it is asked for. A database that does not answer is told as such. */
export function watchDatabase(registry: Registry, db: Query): void {
  let read: Promise<{ gauges: Gauges; stocks: BucketLevel[] } | null> | null = null;
  const state = (): NonNullable<typeof read> => {
    if (!read) {
      read = Promise.all([readGauges(db), readLeastStocks(db, STOCKS_TOLD)]).then(
        ([gauges, stocks]) => ({ gauges, stocks }),
        () => null,
      );
      setTimeout(() => (read = null), FRESH_FOR_MS).unref();
    }
    return read;
  };
  type State = NonNullable<Awaited<ReturnType<typeof state>>>;

  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    tell: (told: State) => [Record<Label, string>, number][],
  ): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [],
        ...SHARED,
        async collect() {
          const told = await state();
          this.reset();
          for (const [labels, value] of told ? tell(told) : []) this.set(labels, value);
        },
      }),
    );
  };
  const each = <Label extends string>(
    label: Label,
    values: Record<string, number>,
  ): [Record<Label, string>, number][] =>
    Object.entries(values).map(([name, value]) => [{ [label]: name } as Record<Label, string>, value]);

  gauge('opentopup_stock_units', 'Units of all stocks, by where they are', ['state'], ({ gauges }) =>
    each('state', gauges.stock),
  );
  gauge('opentopup_stocks', 'Stocks that were told to be low or depleted', ['level'], ({ gauges }) =>
    each('level', gauges.levels),
  );
  gauge('opentopup_queue_depth', 'What waits for background jobs, or for a person to decide', ['queue'], ({ gauges }) =>
    each('queue', gauges.waiting),
  );
  gauge(
    'opentopup_bucket_available_units',
    `Units left of an offer; of the ${STOCKS_TOLD} offers with the fewest`,
    ['distributor_id', 'offer_id'],
    ({ stocks }) => stocks.map(({ available, ...labels }) => [labels, available]),
  );
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_database_up',
      help: '1 while the database answers',
      registers: [],
      aggregator: 'min',
      async collect() {
        this.set((await state()) ? 1 : 0);
      },
    }),
  );
}

/** Shows the money that lies at suppliers, as it was read last. */
export function watchBalances(registry: Registry, db: Query): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    tell: (level: SupplierLevel) => [Record<Label, string>, number],
  ): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [],
        ...SHARED,
        async collect() {
          const levels = await readSupplierLevels(db).catch(() => []);
          this.reset();
          for (const level of levels) this.set(...tell(level));
        },
      }),
    );
  };
  gauge(
    'opentopup_supplier_balance',
    'Money that lies at a supplier, in the main unit',
    ['supplier_id', 'currency'],
    ({ supplier_id, currency, available }) => [{ supplier_id, currency }, available],
  );
  gauge(
    'opentopup_supplier_balance_low',
    '1 while the money at a supplier is below its threshold',
    ['supplier_id'],
    ({ supplier_id, is_low }) => [{ supplier_id }, Number(is_low)],
  );
}

/** Shows how many differences from the books of suppliers wait for somebody. */
export function watchCases(registry: Registry, db: Query): void {
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_reconciliation_cases_open',
      help: 'Differences from the books of a supplier that nobody has closed',
      labelNames: ['supplier_id', 'kind'],
      registers: [],
      ...SHARED,
      async collect() {
        const open = await countOpenCases(db).catch(() => []);
        this.reset();
        for (const { supplier_id, kind, count } of open) this.set({ supplier_id, kind }, count);
      },
    }),
  );
}

/** Shows how this process sees the suppliers. */
export function watchSuppliers(registry: Registry, isolation: Isolation): void {
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_supplier_circuit_open',
      help: '1 while a supplier is taken for down, 0.5 while it is tried again, 0 while it is called',
      labelNames: ['supplier_id'],
      registers: [],
      aggregator: 'max',
      collect() {
        const OPEN = { closed: 0, half_open: 0.5, open: 1 };
        for (const { supplier_id, circuit } of isolation.health()) this.set({ supplier_id }, OPEN[circuit]);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_supplier_open_calls',
      help: 'Calls of a supplier that are under way',
      labelNames: ['supplier_id'],
      registers: [],
      collect() {
        for (const { supplier_id, open_calls } of isolation.health()) this.set({ supplier_id }, open_calls);
      },
    }),
  );
}
