import { createHash } from 'node:crypto';
import {
  type BooksFileReport,
  type BooksMapping,
  type DifferenceKind,
  type Refusal,
  refuse,
} from '@opentopup/contract';
import { readSheet, SheetError, type SheetRow } from '@opentopup/sheets';
import { findSupplier } from '../catalogue/suppliers/suppliers.query.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { findBooksMapping } from './books-mapping.query.ts';
import { findInBooks, keepFound, type RunningReconciliation, stageOwn } from './compare-books.ts';
import { dayTotalsOf } from './day-totals.rules.ts';
import { type BooksError, type RowReading, readBooksRow } from './read-row.rules.ts';
import { endingWell, SETTLED_AFTER_MS } from './reconcile-supplier.ts';
import { wireDay, wireReconciliationDetail } from './reconciliation.wire.ts';
import { findReconciliation, listDays, readDays } from './reconciliations.query.ts';
import { addReconciliation, removeReconciliation, sayAlive } from './reconciliations.store.ts';
import { countKinds, countNamed, isKnownFile, listForeignAmounts, listRepeated } from './staged-file.query.ts';
import type { StagedTransaction } from './staged-transaction.rules.ts';
import { learnStaged, stageTheirs } from './staging.store.ts';

/** A supplier's file, and what is to be done with it. */
export interface BooksFile {
  supplier_id: string;
  content: Uint8Array;
  name: string | null;
  from: string;
  to?: string | undefined;
  /** On a day without a row the supplier has delivered nothing. */
  isWhole: boolean;
  isDryRun: boolean;
  actor: string;
}

const MOST_ROWS = 1_000_000;
const MOST_UNPACKED_MB = 500;
const ROWS_AT_ONCE = 2_000;
const SAMPLE = 5;
const MOST_ERRORS = 100;
/** Of what a file says so much is shown: a cell may have megabytes. */
const MOST_COLUMNS = 200;
const LONGEST_SHOWN = 255;

/** Compares our books with those that a supplier's file holds: all of it or nothing. The file itself is not kept. */
export async function compareFile(ctx: Context, file: BooksFile): Promise<BooksFileReport | Refusal> {
  const { db } = ctx.store;
  const { supplier_id } = file;
  if (!(await findSupplier(db, supplier_id)))
    return refuse('not_found', { detail: `supplier ${supplier_id} not found` });
  const now = ctx.now();
  const days = await readDays(db, ctx.businessTimeZone, now, file);
  // With its days: files without a row are all the same.
  const { from_day, to_day } = days;
  const file_digest = createHash('sha256').update(`${from_day} ${to_day}\n`).update(file.content).digest('hex');
  if (!file.isDryRun && (await isKnownFile(db, supplier_id, file_digest))) return refuse('file_known');
  const before_ms = Math.min(days.before.getTime(), now.getTime() - SETTLED_AFTER_MS);
  if (days.from.getTime() >= before_ms) {
    return refuse('invalid_query_parameter', { field: 'from', detail: 'days that have begun are needed' });
  }
  const run: RunningReconciliation = {
    id: newId(),
    supplier_id,
    from_day,
    to_day,
    time_zone: ctx.businessTimeZone,
    compared_from: days.from,
    compared_before: new Date(before_ms),
  };
  const kept = { source: 'file', file_name: file.name, requested_by: file.actor, begun_at: now } as const;
  const digest = { file_digest: file.isDryRun ? null : file_digest };
  if (!(await addReconciliation(db, { ...run, ...kept, ...digest }))) return refuse('already_running');
  const told = await endingWell(ctx, run, async () => {
    const report = await takeFile(ctx, run, file);
    const isKept = !file.isDryRun && 'reconciliation' in report;
    if (!isKept) await removeReconciliation(db, run.id);
    return report;
  });
  return told ?? refuse('invalid_csv', { detail: (await findReconciliation(db, run.id))?.cause ?? '' });
}

async function takeFile(ctx: Context, run: RunningReconciliation, file: BooksFile): Promise<BooksFileReport | Refusal> {
  const { db } = ctx.store;
  const mapping = await findBooksMapping(db, run.supplier_id);
  let report: BooksFileReport;
  try {
    report = await stageFile(ctx, run, file, mapping);
  } catch (error) {
    if (error instanceof SheetError) return refuse('invalid_csv', { detail: error.message });
    throw error;
  }
  if (!mapping || report.error_count > 0) return report;
  const long = <T>(look: (tx: Query) => Promise<T>): Promise<T> => db.transaction(look, { isLong: true });
  await long(learnStaged);
  const repeated = await long((tx) => listRepeated(tx, run.id, MOST_ERRORS));
  const column = mapping.columns.supplier_reference ?? '';
  const twice = repeated.map(({ line, first }) => ({ line, column, message: `the same as in line ${first}` }));
  if (twice.length > 0) return withErrors(report, twice);

  await stageOwn(ctx, run);
  const named = await long((tx) => countNamed(tx, run.id));
  if (named.elsewhere > named.here) {
    return refuse('foreign_file', { detail: `it names ${named.elsewhere} sales of other suppliers` });
  }
  const foreign = (await long((tx) => listForeignAmounts(tx, run.id, MOST_ERRORS))).map(({ line, currency, ours }) => ({
    line,
    column: mapping.columns.cost_currency ?? mapping.columns.cost ?? '',
    message: `in ${currency}; sales of these days were charged in ${ours}`,
  }));
  if (foreign.length > 0) return withErrors(report, foreign);
  const found = await findInBooks(ctx, run);
  const known = found.days.reduce((sum, day) => sum + day.by_reference + day.by_supplier_reference + day.by_line, 0);
  const sold = found.days.reduce((sum, { ours }) => sum + ours, 0);
  if (known === 0 && sold > 0 && report.rows > 0)
    return refuse('foreign_file', { detail: 'none of its rows is a sale of these days' });
  const lacking = file.isWhole ? [] : found.days.filter(({ ours, transactions }) => ours > 0 && transactions === 0);
  const missing = lacking.map(({ day, ours }) => ({
    line: 0,
    column: mapping.columns.time,
    message: `nothing of ${day}, when ${ours} were sold here: is it the whole file?`,
  }));
  if (missing.length > 0) return withErrors(report, missing);
  const kinds = (await countKinds(db, run.id)).map(({ kind, count }) => ({ kind: kind as DifferenceKind, count }));
  if (!file.isDryRun) await keepFound(ctx, run, found);
  const row = await findReconciliation(db, run.id);
  if (!row) throw new Error('a reconciliation that was just kept is not there');
  const reconciliation = file.isDryRun
    ? {
        ...wireReconciliationDetail({ ...row, ...dayTotalsOf(found.days) }, []),
        days: found.days.map((day) => wireDay(day, found.costs)),
      }
    : wireReconciliationDetail(row, await listDays(db, run.id));
  return { ...report, reconciliation, kinds };
}

const withErrors = (report: BooksFileReport, errors: BooksError[]): BooksFileReport => ({
  ...report,
  error_count: errors.length,
  errors: errors.slice(0, MOST_ERRORS),
});

/** Reads a file and stages its rows, as far as they can be read; without a mapping it only looks at the first. */
async function stageFile(
  ctx: Context,
  run: RunningReconciliation,
  { content, isWhole, isDryRun }: BooksFile,
  mapping: BooksMapping | null,
): Promise<BooksFileReport> {
  const titles = Object.values(mapping?.columns ?? {});
  const sheet = await readSheet(
    async function* () {
      yield content;
    },
    titles,
    { rows: MOST_ROWS, unpacked_mb: MOST_UNPACKED_MB },
  );
  const timeZone = mapping?.time_zone ?? ctx.businessTimeZone;
  const reading: RowReading | null = mapping && { mapping, timeZone, isWorkbook: sheet.encoding === null };
  const report: BooksFileReport = {
    dry_run: isDryRun,
    columns: sheet.columns.slice(0, MOST_COLUMNS).map(clipped),
    ...(mapping && { mapping }),
    rows: 0,
    sample: [],
    error_count: 0,
    errors: [],
    kinds: [],
  };
  const fail = (error: BooksError): void => {
    report.error_count += 1;
    if (report.errors.length < MOST_ERRORS) report.errors.push(error);
  };
  for (const title of titles) {
    if (!sheet.columns.includes(title)) fail({ line: 1, column: title, message: 'there is no such column' });
  }
  let page: StagedTransaction[] = [];
  const flush = async (): Promise<void> => {
    if (report.error_count === 0) await stageTheirs(ctx.store.db, run.id, page);
    await sayAlive(ctx.store.db, run.id, ctx.now());
    page = [];
  };
  for await (const row of sheet.rows) {
    report.rows += 1;
    const read = reading && report.errors.every(({ line }) => line !== 1) ? readBooksRow(row, reading) : null;
    if (report.sample.length < SAMPLE) report.sample.push(sampleOf(row, read));
    if (Array.isArray(read)) read.forEach(fail);
    else if (read) page.push(read);
    if (page.length === ROWS_AT_ONCE) await flush();
  }
  if (page.length > 0) await flush();
  if (report.rows === 0 && !isWhole) fail({ line: 1, column: '', message: 'there are no rows' });
  return report;
}

/** Shortens what is only shown. */
const clipped = (text: string): string => text.slice(0, LONGEST_SHOWN);

/** Tells how a row is read. */
function sampleOf(
  { line, cells }: SheetRow,
  read: StagedTransaction | BooksError[] | null,
): BooksFileReport['sample'][number] {
  const shown = { line, cells: Object.fromEntries([...cells].slice(0, MOST_COLUMNS).map((each) => each.map(clipped))) };
  if (!read || Array.isArray(read)) return shown;
  const { reference, supplier_reference, value, cost, state, at } = read;
  return {
    ...shown,
    ...(reference !== null && { reference }),
    ...(supplier_reference !== null && { supplier_reference }),
    ...(value !== null && { value }),
    ...(cost !== null && { cost }),
    state,
    date: `${at.slice(0, 19)}Z`,
  };
}
