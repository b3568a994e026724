import { type ImportReport, type Refusal, ruleOf } from '@opentopup/contract';
import type { Static, TObject } from 'typebox';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { type Row, type RowError, readRow } from './read-row.ts';
import { readTable } from './read-table.ts';

export interface ImportOptions {
  /** Only finds out what would be done. */
  dryRun: boolean;
  actor: string;
}

/** What was done with the rows, or would be; nothing where there are errors. */
export type Imported = Pick<ImportReport, 'created' | 'changed' | 'unchanged' | 'errors'>;

/** How the rows of one kind are read and written. */
export interface TableKind<S extends TObject> {
  /** Of one row, as a body. */
  schema: S;
  /** What a row is known by, so that it may be there only once. */
  key: { column: string; of: (body: Static<S>) => string | undefined };
  /** Checks all rows and, where all are right, writes them. Without an actor it only finds out what would be done. */
  write: (ctx: Context, tx: Query, rows: readonly Row<Static<S>>[], actor: string | null) => Promise<Imported>;
}

/** Somebody else has made one of the ids at this very moment: the import begins again, and then finds it known. */
export class Raced extends Error {
  override readonly name = 'Raced';
}

/** Describes the refusal of a row. */
export const rowError = (line: number, { reason, details }: Refusal): RowError => ({
  line,
  column: details.field ?? '',
  message: details.detail ?? ruleOf(reason).describe(details),
});

/** Describes a row that would change what never changes. */
export const fixedError = (line: number, column: string): RowError => ({
  line,
  column,
  message: 'it never changes: sales were made with it',
});

/** Imports a file: every row by the rules of a single request, all of them or none. */
export async function importTable<S extends TObject>(
  ctx: Context,
  file: Uint8Array,
  { schema, key, write }: TableKind<S>,
  { dryRun, actor }: ImportOptions,
): Promise<ImportReport | Refusal> {
  const columns = Object.keys(schema.properties).map(
    (name) => [name, { needed: schema.required?.includes(name) ?? false }] as const,
  );
  const table = await readTable(file, new Map(columns));
  if ('reason' in table) return table;

  const read = table.rows.map((row) => readRow(schema, row));
  const rows = read.flatMap((each) => ('row' in each ? [each.row] : []));
  const errors = [...read.flatMap((each) => ('errors' in each ? each.errors : [])), ...repeated(rows, key)];
  const imported = await retried(() =>
    ctx.store.db.transaction((tx) => write(ctx, tx, rows, dryRun || errors.length > 0 ? null : actor)),
  );
  const all = [...errors, ...imported.errors].toSorted((a, b) => a.line - b.line);
  const done = all.length > 0 ? { created: 0, changed: 0, unchanged: 0 } : imported;
  const { encoding } = table;
  return { dry_run: dryRun, ...(encoding && { encoding }), rows: table.rows.length, ...done, errors: all };
}

/** Rows that are known by what an earlier one is known by. */
function repeated<B>(
  rows: readonly Row<B>[],
  key: { column: string; of: (body: B) => string | undefined },
): RowError[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, body }) => {
    const known = key.of(body);
    if (known === undefined) return [];
    const before = first.get(known);
    if (before === undefined) first.set(known, line);
    return before === undefined ? [] : [{ line, column: key.column, message: `the same as in line ${before}` }];
  });
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
  }
}
