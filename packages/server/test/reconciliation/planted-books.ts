import type { Context } from '../../src/context.ts';
import { saveBooksMapping } from '../../src/reconciliation/books-mapping.store.ts';
import { createRoutedShop } from '../routing/routed-shop.ts';

const DAY_MS = 86_400_000;
export const FIRST_DAY = '2026-07-01';
const FROM_MS = Date.parse(`${FIRST_DAY}T00:00:00Z`);
/** So many sales have one of each plant. */
const ROUND = 1_000;
const SALES_AT_ONCE = 10_000;

/** How an order stands here and at its supplier; null: it does not know it. */
interface Planted {
  ours: 'ok' | 'ko' | 'reversed' | 'late' | 'pending' | 'undecided' | null;
  theirs: 'delivered' | 'refused' | 'reversed' | 'pending' | null;
  /** What of theirs names it. */
  by?: 'reference' | 'supplier_reference' | 'line' | 'somebody_else';
  /** Of which kind the difference is. */
  kind?: string;
  cost?: number;
  isTwice?: true;
  /** By how much both clocks differ. */
  late_s?: number;
  /** Ordered so long after the order before, for its line. */
  after_s?: number;
}

/** What is planted in each round, by the number of the order in it. All others are delivered here and there alike. */
const PLANTS: readonly Planted[] = [
  { ours: 'ok', theirs: null, kind: 'sold_here_not_there' },
  { ours: 'ok', theirs: 'refused', kind: 'other_outcome' },
  { ours: 'ok', theirs: 'reversed', kind: 'other_outcome' },
  { ours: 'ko', theirs: 'delivered', kind: 'other_outcome' },
  { ours: 'reversed', theirs: 'delivered', kind: 'other_outcome' },
  { ours: 'undecided', theirs: 'delivered', kind: 'other_outcome' },
  { ours: 'ok', theirs: 'delivered', cost: 7.2, kind: 'other_price' },
  { ours: 'ok', theirs: 'delivered', isTwice: true, kind: 'twice' },
  { ours: null, theirs: 'delivered', kind: 'delivered_there_not_sold_here' },
  { ours: null, theirs: 'delivered', by: 'somebody_else', kind: 'delivered_there_not_sold_here' },
  // None of these is a difference.
  { ours: 'pending', theirs: 'delivered' },
  { ours: 'pending', theirs: null },
  { ours: 'ok', theirs: 'pending' },
  { ours: 'ko', theirs: 'refused' },
  { ours: 'ko', theirs: null },
  { ours: 'reversed', theirs: 'reversed' },
  { ours: 'late', theirs: 'delivered' },
  { ours: null, theirs: 'refused' },
  ...Array.from({ length: 10 }, () => ({ ours: 'ok', theirs: 'delivered', by: 'supplier_reference' }) as const),
  ...Array.from({ length: 10 }, (_, i) => ({ ours: 'ok', theirs: 'delivered', by: 'line', late_s: 30 * i }) as const),
  // The same line twice within seconds; there the first is written behind the second of ours, and the second much later.
  { ours: 'ok', theirs: 'delivered', by: 'line', late_s: 20 },
  { ours: 'ok', theirs: 'delivered', by: 'line', late_s: 600, after_s: 26 },
];
const ALIKE: Planted = { ours: 'ok', theirs: 'delivered' };

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
/** An id as those of transactions are, made of its moment. */
const idOf = (i: number, ms: number): string => {
  const time = hex(ms, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(i % 4_096, 3)}-8000-${hex(i, 12)}`;
};

/** Sales of some days and the file of their supplier, with differences of every kind. */
export interface PlantedBooks {
  supplier_id: string;
  last_day: string;
  /** What the file has, row by row, without the columns that are left out. */
  file: (leftOut?: readonly string[]) => Buffer;
  rows: number;
  /** All differences, as `kind name`, in their order. */
  differences: string[];
}

const COLUMNS = ['time', 'reference', 'supplier_reference', 'line', 'value', 'cost', 'state'] as const;

/** Plants them. @param sales how many were ordered in these days, here or there: a multiple of 1,000 */
export async function plantBooks(ctx: Context, sales: number, days: number): Promise<PlantedBooks> {
  const { db } = ctx.store;
  const shop = await createRoutedShop(ctx, ['simulator']);
  const { distributor_id } = shop;
  const supplier_id = shop.suppliers['simulator']?.supplier_id ?? '';
  const offer_id = await shop.offer('simulator', ['simulator']);
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, name])) as Record<(typeof COLUMNS)[number], string>;
  const states = { delivered: ['delivered'], refused: ['refused'], reversed: ['reversed'], pending: ['pending'] };
  await saveBooksMapping(db, supplier_id, { columns, states, currency: 'EUR', time_zone: 'UTC' }, new Date());

  const rows: Record<(typeof COLUMNS)[number], string>[] = [];
  const differences: string[] = [];
  let ours: object[] = [];
  const flush = async (): Promise<void> => {
    await keepOrders(ctx, { distributor_id, offer_id }, ours);
    ours = [];
  };
  for (let i = 0; i < sales; i += 1) {
    const plant = PLANTS[i % ROUND] ?? ALIKE;
    const first = i - (plant.after_s === undefined ? 0 : 1);
    const at_ms = FROM_MS + Math.floor((first * days * DAY_MS) / sales) + 1_000 * (plant.after_s ?? 0);
    const id = idOf(i, at_ms);
    const line = `336${String(10_000_000 + first)}`;
    const supplier_reference = `S-${i}`;
    if (plant.ours) ours.push({ id, at: new Date(at_ms), ours: plant.ours, line: `+${line}`, supplier_reference });
    const by = plant.by ?? 'reference';
    const row = {
      time: new Date(at_ms + 1_000 * (plant.late_s ?? 1)).toISOString(),
      reference: by === 'reference' ? id : by === 'somebody_else' ? `other-${i}` : '',
      supplier_reference: by === 'line' ? '' : supplier_reference,
      line,
      value: '10',
      cost: String(plant.cost ?? 7.1),
      state: plant.theirs ?? '',
    };
    if (plant.theirs) rows.push(row);
    if (plant.isTwice) rows.push({ ...row, supplier_reference: `${supplier_reference}-again` });
    if (plant.kind) differences.push(`${plant.kind} ${by === 'somebody_else' ? `other-${i}` : id}`);
    if (ours.length >= SALES_AT_ONCE) await flush();
  }
  await flush();
  // Ordered a moment before these days, and delivered a moment after it began: not of this time, and known all the same.
  const before_ms = FROM_MS - 2_000;
  ours.push({
    id: idOf(sales, before_ms),
    at: new Date(before_ms),
    ours: 'ok',
    line: '+33699999999',
    supplier_reference: 'S-before',
  });
  await flush();
  const moment = { time: new Date(FROM_MS + 1_000).toISOString(), reference: '', supplier_reference: '' };
  rows.push({ ...moment, line: '33699999999', value: '10', cost: '7.1', state: 'delivered' });
  await db.query('ANALYZE');
  return {
    supplier_id,
    last_day: new Date(FROM_MS + (days - 1) * DAY_MS).toISOString().slice(0, 10),
    rows: rows.length,
    differences: differences.toSorted(),
    file: (leftOut = []) =>
      Buffer.from(
        [
          COLUMNS.join(';'),
          ...rows.map((row) => COLUMNS.map((each) => (leftOut.includes(each) ? '' : row[each])).join(';')),
        ].join('\n'),
      ),
  };
}

async function keepOrders(
  { store: { db } }: Context,
  { distributor_id, offer_id }: { distributor_id: string; offer_id: string },
  orders: readonly object[],
): Promise<void> {
  await db.query(
    `WITH planted AS (
       SELECT * FROM jsonb_to_recordset($3::jsonb)
         AS p(id uuid, at timestamptz, ours text, line text, supplier_reference text)
     ), ordered AS (
       INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, created_at)
       SELECT $1::uuid, id, $2::uuid, 1, line, at FROM planted
     ), unknown AS (
       INSERT INTO unknown_outcomes (distributor_id, transaction_id, cause, at, next_at)
       SELECT $1::uuid, id, 'no answer', at, CASE ours WHEN 'pending' THEN at END FROM planted
       WHERE ours IN ('pending', 'undecided')
     ), late AS (
       INSERT INTO late_deliveries (distributor_id, transaction_id, offer_id, ordered_at, value_minor, was,
                                    supplier_reference, cost, cost_currency, at, booked_at)
       SELECT $1::uuid, id, $2::uuid, at, 800, 'ko', supplier_reference, 7.1, 'EUR', at, at FROM planted WHERE ours = 'late'
     ), reversed AS (
       INSERT INTO reversals (distributor_id, transaction_id, offer_id, ordered_at, value_minor, reason, justification,
                              reversed_by, at)
       SELECT $1::uuid, id, $2::uuid, at, 800, 'refunded', 'Test', 'operator', at FROM planted WHERE ours = 'reversed'
     )
     INSERT INTO resolutions (distributor_id, transaction_id, status, reason, supplier_reference, cost, cost_currency, at)
     SELECT $1::uuid, id, CASE WHEN is_ko THEN 'ko' ELSE 'ok' END, CASE WHEN is_ko THEN 'line_barred' END,
            CASE WHEN NOT is_ko THEN supplier_reference END, CASE WHEN NOT is_ko THEN 7.1 END,
            CASE WHEN NOT is_ko THEN 'EUR' END, at + interval '1 second'
     FROM planted, LATERAL (SELECT ours IN ('ko', 'late') AS is_ko) k WHERE ours NOT IN ('pending', 'undecided')`,
    [distributor_id, offer_id, JSON.stringify(orders)],
  );
}

/** Lists the differences that are kept, as `kind name`, in their order; ids and states only. */
export async function keptDifferences({ store: { db } }: Context, supplierId: string): Promise<string[]> {
  const rows = await db.query<{ told: string }>(
    `SELECT kind || ' ' || coalesce(transaction_id::text, theirs ->> 'reference') AS told FROM reconciliation_cases
     WHERE supplier_id = $1`,
    [supplierId],
  );
  return rows.map(({ told }) => told).toSorted();
}
