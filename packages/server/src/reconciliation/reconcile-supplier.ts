import { type ReconciliationCreation, type Refusal, refuse } from '@opentopup/contract';
import { openAccess } from '../catalogue/suppliers/supplier-access.ts';
import { findSupplier } from '../catalogue/suppliers/suppliers.query.ts';
import { askSupplier } from '../connectors/call.ts';
import type { SupplierTransaction } from '../connectors/supplier-books.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { compareBooks, MARGIN_MS, type RunningReconciliation } from './compare-books.ts';
import { ReconciliationFault } from './reconciliation-fault.ts';
import { findReconciliation, type ReconciliationRow, readDays } from './reconciliations.query.ts';
import { addReconciliation, failReconciliation, sayAlive } from './reconciliations.store.ts';
import { type StagedTransaction, stagedOf } from './staged-transaction.rules.ts';
import { stageTheirs, unstage } from './staging.store.ts';

/** What was sold a moment ago may be missing in the supplier's books, and is not compared. */
export const SETTLED_AFTER_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** A page may take so long. */
const PAGE_WITHIN_MS = 60_000;
/** No supplier has more in a time that anybody compares; one that goes on for ever would fill the disk. */
const MOST_LISTED = 5_000_000;

/**
 * Begins to compare our books with what a supplier lists. It goes on after the answer.
 * @param settledAfter_ms what is younger is not compared
 */
export async function startReconciliation(
  ctx: Context,
  { supplier_id, from, to }: ReconciliationCreation,
  actor: string,
  settledAfter_ms = SETTLED_AFTER_MS,
): Promise<ReconciliationRow | Refusal> {
  const { db } = ctx.store;
  const supplier = await findSupplier(db, supplier_id);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplier_id} not found` });
  const { listTransactions, listsBack_days } = ctx.connectors.get(supplier.connector) ?? {};
  if (!listTransactions) return refuse('not_supported', { supplier_id });
  const now = ctx.now();
  const days = await readDays(db, ctx.businessTimeZone, now, { from, to });
  const listedFrom_ms = listsBack_days === undefined ? 0 : now.getTime() - listsBack_days * DAY_MS;
  const compared_from = new Date(Math.max(days.from.getTime(), listedFrom_ms));
  const compared_before = new Date(Math.min(days.before.getTime(), now.getTime() - settledAfter_ms));
  if (compared_from >= compared_before) {
    return refuse('invalid_body_field', { field: 'from', detail: 'days that have begun, and that it still lists' });
  }
  const run: RunningReconciliation = {
    id: newId(),
    supplier_id,
    from_day: days.from_day,
    to_day: days.to_day,
    time_zone: ctx.businessTimeZone,
    compared_from,
    compared_before,
  };
  const begun = {
    ...run,
    source: 'list',
    file_name: null,
    file_digest: null,
    requested_by: actor,
    begun_at: now,
  } as const;
  if (!(await addReconciliation(db, begun))) return refuse('already_running');
  const work = async (): Promise<void> => {
    await endingWell(ctx, run, async () => {
      const access = openAccess(ctx, supplier);
      const cause = access
        ? await stageList(ctx, run, (span, signal) => listTransactions(access, span, signal))
        : 'its secrets do not open';
      if (cause !== null) throw new ReconciliationFault(cause);
      await compareBooks(ctx, run);
    });
  };
  ctx.background(work());
  const row = await findReconciliation(db, run.id);
  if (!row) throw new Error('a reconciliation that was just kept is not there');
  return row;
}

/** Does the work of a reconciliation, keeps why where it comes to nothing, which is null then, and leaves nothing staged. */
export async function endingWell<T>(
  ctx: Context,
  run: RunningReconciliation,
  work: () => Promise<T>,
): Promise<T | null> {
  const { db } = ctx.store;
  try {
    return await work();
  } catch (error) {
    const isTold = error instanceof ReconciliationFault;
    await failReconciliation(db, run.id, isTold ? error.message : 'the server has failed', ctx.now());
    ctx.alert('a reconciliation has failed', { supplier_id: run.supplier_id, reconciliation_id: run.id });
    if (!isTold) throw error;
    return null;
  } finally {
    await db.transaction((tx) => unstage(tx, run.id), { isLong: true });
  }
}

type List = (span: { from: Date; before: Date }, signal: AbortSignal) => AsyncIterable<SupplierTransaction[]>;

/** Stages what a supplier lists, a page at a time; says why not all of it can be read. */
async function stageList(ctx: Context, run: RunningReconciliation, list: List): Promise<string | null> {
  const { id, compared_from, compared_before } = run;
  const span = {
    from: new Date(compared_from.getTime() - MARGIN_MS),
    before: new Date(Math.min(compared_before.getTime() + MARGIN_MS, ctx.now().getTime())),
  };
  const whole = new AbortController();
  const pages = list(span, whole.signal)[Symbol.asyncIterator]();
  const deadline_ms = Math.max(PAGE_WITHIN_MS, ctx.supplier_deadline_ms);
  try {
    for (let ordinal = 0; ; ) {
      const begins = ordinal;
      const next = async (): Promise<StagedTransaction[] | null> => {
        const page = await pages.next();
        return page.done ? null : page.value.map((each, i) => stagedOf(each, begins + i));
      };
      const page = await askSupplier(next, deadline_ms, ctx.stopping);
      if (page === null) return null;
      if (!Array.isArray(page)) return page.cause;
      ordinal += page.length;
      if (ordinal > MOST_LISTED) return `it lists more than ${MOST_LISTED} transactions`;
      await stageTheirs(ctx.store.db, id, page);
      if (!(await sayAlive(ctx.store.db, id, ctx.now()))) return 'it has taken too long';
    }
  } finally {
    whole.abort();
  }
}
