import type { DifferenceKind } from '@opentopup/contract';
import { findSupplier } from '../catalogue/suppliers/suppliers.query.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { writeOperatorEvents } from '../outbox/outbox.store.ts';
import { maskedForStaff } from '../values/line.ts';
import { minorDigits } from '../values/money.ts';
import { keepCases, noteGone, readFound } from './cases.store.ts';
import { findDifferences, pairUp, sumCosts, sumDays } from './matching.store.ts';
import { ReconciliationFault } from './reconciliation-fault.ts';
import { endReconciliation, sayAlive } from './reconciliations.store.ts';
import { learnStaged, listValueCurrencies, removeRepeated, stageNamed, stageOurs } from './staging.store.ts';

/** A reconciliation that is under way. */
export interface RunningReconciliation {
  id: string;
  supplier_id: string;
  from_day: string;
  to_day: string;
  time_zone: string;
  compared_from: Date;
  compared_before: Date;
}

/** So much before and after the time that is compared is read of both books: they do not write the same instant. */
export const MARGIN_MS = 60 * 60_000;
/** So much of our own books is staged by one statement: the embedded database serves nobody else meanwhile. */
const SLICE_MS = 24 * 60 * 60_000;
const CASES_AT_ONCE = 500;
/** Whoever compares the wrong file would open as many cases as it has lines. */
const MOST_DIFFERENCES = 50_000;

/**
 * Compares what a supplier has in its books, which is staged, with our own, and keeps what differs.
 */
export async function compareBooks(ctx: Context, run: RunningReconciliation): Promise<void> {
  const { db } = ctx.store;
  await db.transaction(
    async (tx) => {
      await learnStaged(tx);
      await removeRepeated(tx, run.id);
    },
    { isLong: true },
  );
  await stageOwn(ctx, run);
  await keepFound(ctx, run, await findInBooks(ctx, run));
}

/** Finds what differs between both books, which are staged, and changes nothing. */
export const findInBooks = (ctx: Context, run: RunningReconciliation): Promise<FoundInBooks> =>
  ctx.store.db.transaction((tx) => findAll(tx, run), { isLong: true });

/** Keeps what was found: cases, totals, the end and the event in one commit. */
export const keepFound = (ctx: Context, run: RunningReconciliation, found: FoundInBooks): Promise<void> =>
  ctx.store.db.transaction((tx) => keepAll(ctx, tx, run, found), { isLong: true });

/** Stages our own books: what was ordered in the time that is compared, and what the other side names. */
export async function stageOwn(ctx: Context, run: RunningReconciliation): Promise<void> {
  const { db } = ctx.store;
  const currencies = await listValueCurrencies(db);
  const digits = Object.fromEntries(currencies.map((currency) => [currency, minorDigits(currency)]));
  const sales = { run: run.id, supplier_id: run.supplier_id, digits };
  const end_ms = run.compared_before.getTime() + MARGIN_MS;
  for (let start_ms = run.compared_from.getTime() - MARGIN_MS; start_ms < end_ms; start_ms += SLICE_MS) {
    const before = new Date(Math.min(start_ms + SLICE_MS, end_ms));
    await db.transaction((tx) => stageOurs(tx, sales, new Date(start_ms), before), { isLong: true });
    await sayAlive(db, run.id, ctx.now());
  }
  await db.transaction(
    async (tx) => {
      await learnStaged(tx);
      await stageNamed(tx, sales);
      await learnStaged(tx);
    },
    { isLong: true },
  );
}

/** What was found of both sides. */
export interface FoundInBooks {
  count: number;
  days: Awaited<ReturnType<typeof sumDays>>;
  costs: Awaited<ReturnType<typeof sumCosts>>;
}

async function findAll(tx: Query, run: RunningReconciliation): Promise<FoundInBooks> {
  const span = { run: run.id, from: run.compared_from, before: run.compared_before };
  await pairUp(tx, run.id);
  const count = await findDifferences(tx, span);
  return { count, days: await sumDays(tx, span, run.time_zone), costs: await sumCosts(tx, span, run.time_zone) };
}

async function keepAll(ctx: Context, tx: Query, run: RunningReconciliation, found: FoundInBooks): Promise<void> {
  const { id, supplier_id, from_day, to_day, compared_from, compared_before } = run;
  const at = ctx.now();
  if (found.count > MOST_DIFFERENCES) throw new ReconciliationFault(`more than ${MOST_DIFFERENCES} differences`);
  const kinds = new Map<string, number>();
  for (let n = 0; n < found.count; n += CASES_AT_ONCE) {
    const page = await readFound(tx, id, n, CASES_AT_ONCE);
    const cases = page.map((each) => ({ ...each, masked_line: each.line === null ? null : maskedLine(each.line) }));
    for (const kind of await keepCases(tx, supplier_id, id, at, cases)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  await noteGone(tx, supplier_id, id, at, compared_from, compared_before);
  const new_cases = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  const isEnded = await endReconciliation(tx, { id, at, days: found.days, costs: found.costs, new_cases });
  if (!isEnded) throw new Error('the reconciliation was taken for dead');
  if (new_cases === 0) return;
  const supplier_name = (await findSupplier(tx, supplier_id))?.name ?? '';
  const counted = [...kinds].map(([kind, count]) => ({ kind: kind as DifferenceKind, count }));
  const data = {
    reconciliation_id: id,
    supplier_id,
    supplier_name,
    from: from_day,
    to: to_day,
    new_cases,
    kinds: counted,
  };
  await writeOperatorEvents(tx, [{ kind: 'reconciliation.difference', subject_id: id, at, data }]);
}

/** Masks a line, however the supplier has written it. */
function maskedLine(line: string): string {
  return maskedForStaff(/^\d{8,15}$/.test(line) ? `+${line}` : line);
}
