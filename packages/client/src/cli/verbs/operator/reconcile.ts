import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BooksFileReport,
  BooksMapping,
  Reconciliation,
  ReconciliationDay,
  ReconciliationDetail,
} from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import type { CliSession } from '../../session.ts';
import { readBytes } from '../keys.ts';
import { first, needed, whole, withExamples } from '../verb.ts';
import { ERROR_COLUMNS } from './import.ts';
import { CASE_COLUMNS, defineCases } from './reconcile-cases.ts';

const SUPPLIER = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';
const CASE = '01a20d0b-54d6-77c2-99f0-4ba20661bd03';
const POLL_MS = 1_000;
/** A quarter of sales in a file takes a minute, on a machine that does nothing else. */
const PATIENCE_MS = 3_600_000;

const RUN_COLUMNS: Column<Reconciliation>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'supplier_name', kind: 'text', of: ({ supplier_name }) => supplier_name },
  { name: 'begin_date', kind: 'text', of: ({ from }) => from },
  { name: 'end_date', kind: 'text', of: ({ to }) => to },
  { name: 'origin', kind: 'text', of: ({ source, file_name }) => file_name ?? source },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'ours', kind: 'count', of: ({ ours }) => ours },
  { name: 'theirs', kind: 'count', of: ({ theirs }) => theirs },
  { name: 'differences', kind: 'count', of: ({ differences }) => differences },
  { name: 'new_cases', kind: 'count', of: ({ new_cases }) => new_cases },
  { name: 'detail', kind: 'text', of: ({ cause }) => cause },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

const costs = ({ cost }: ReconciliationDay['ours']): string =>
  cost.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
const DAY_COLUMNS: Column<ReconciliationDay>[] = [
  { name: 'date', kind: 'text', of: ({ date }) => date },
  { name: 'ours', kind: 'count', of: ({ ours }) => ours.delivered },
  { name: 'cost_ours', kind: 'text', of: ({ ours }) => costs(ours) },
  { name: 'theirs', kind: 'count', of: ({ theirs }) => theirs.delivered },
  { name: 'cost', kind: 'text', of: ({ theirs }) => costs(theirs) },
  { name: 'agreed', kind: 'count', of: ({ agreed }) => agreed },
  { name: 'pending', kind: 'count', of: ({ open }) => open },
  { name: 'differences', kind: 'count', of: ({ differences }) => differences },
];

interface Days {
  from?: string;
  to?: string;
}

interface FileOptions extends Days {
  from: string;
  whole?: true;
  dryRun?: true;
}

/** Defines `reconcile`: our books beside those of suppliers. */
export function defineReconcile(program: Command, cli: Cli): void {
  const reconcile = program.command('reconcile').description(cli.t.reconcile.about);
  defineRuns(reconcile, cli);
  defineFiles(reconcile, cli);
  defineCases(reconcile, cli);
}

function defineRuns(reconcile: Command, cli: Cli): void {
  const { t } = cli;
  const run = reconcile
    .command('run')
    .description(t.reconcile.run)
    .argument('<supplier>', t.reconcile.supplier)
    .option('--from <day>', t.reconcile.from)
    .option('--to <day>', t.reconcile.to)
    .action(
      cli.run(async (session, supplier_id: string, { from, to }: Days) => {
        const { reconciliations } = session.operator();
        const body = { supplier_id, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        const { id } = await reconciliations.start(body, session);
        for (;;) {
          const found = await reconciliations.get(id, session);
          if (found.status !== 'running') return tellRun(session, found);
          await sleep(POLL_MS, undefined, { signal: session.signal });
        }
      }),
    );
  withExamples(
    run,
    cli,
    `opentopup reconcile run ${SUPPLIER}`,
    `opentopup reconcile run ${SUPPLIER} --from 2026-11-01 --to 2026-11-30`,
  );

  const list = reconcile
    .command('list')
    .description(t.reconcile.list)
    .option('--supplier <id>', t.options.supplier)
    .option('--limit <number>', t.options.limit, whole(cli, 0), 20)
    .action(
      cli.run(async (session, { supplier, limit }: { supplier?: string; limit: number }) => {
        const found = session.operator().reconciliations.list(supplier === undefined ? {} : { supplier }, session);
        await session.out.list(first(found, limit), RUN_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup reconcile list');

  const show = reconcile
    .command('show')
    .description(t.reconcile.show)
    .argument('<reconciliation>', t.reconcile.id)
    .action(
      cli.run(async (session, id: string) =>
        tellRun(session, await session.operator().reconciliations.get(id, session)),
      ),
    );
  withExamples(show, cli, `opentopup reconcile show ${CASE}`);
}

/** Tells what a reconciliation has come to, and which differences it has found. */
async function tellRun(session: CliSession, found: ReconciliationDetail): Promise<ExitCode> {
  const { out, t } = session;
  if (out.isJson) out.json(found);
  else {
    out.record<Reconciliation>(found, RUN_COLUMNS);
    await out.list(found.days, DAY_COLUMNS);
  }
  if (found.status === 'failed') return EXIT.refused;
  if (found.agrees) {
    if (out.isTerminal) out.say(t.reconcile.agrees);
    return EXIT.ok;
  }
  const cases = session.operator().reconciliationCases.list({ reconciliation: found.id }, session);
  if (!out.isJson) await out.list(first(cases, 100), CASE_COLUMNS);
  return EXIT.failed;
}

function defineFiles(reconcile: Command, cli: Cli): void {
  const { t } = cli;
  const file = reconcile
    .command('file')
    .description(t.reconcile.file)
    .argument('<supplier>', t.reconcile.supplier)
    .argument('<file>', t.import.file)
    .addOption(needed('--from <day>', t.reconcile.from))
    .option('--to <day>', t.reconcile.to)
    .option('--whole', t.reconcile.whole)
    .option('--dry-run', t.reconcile.dryRun)
    .action(
      cli.run(async (session, supplier: string, name: string, options: FileOptions) => {
        const query = {
          from: options.from,
          ...(options.to !== undefined && { to: options.to }),
          ...(name !== '-' && { name: name.split(/[\\/]/).at(-1) ?? name }),
          ...(options.whole && { whole: true }),
          ...(options.dryRun && { dry_run: true }),
        };
        const { reconciliations } = session.operator({ timeout_ms: PATIENCE_MS });
        const report = await reconciliations.compareFile(supplier, readBytes(session, name), query, session);
        return tellFile(session, report);
      }),
    );
  withExamples(
    file,
    cli,
    `opentopup reconcile file ${SUPPLIER} november.csv --from 2026-11-01 --to 2026-11-30 --dry-run`,
  );

  const mapping = reconcile
    .command('mapping')
    .description(t.reconcile.mapping)
    .argument('<supplier>', t.reconcile.supplier)
    .argument('[file]', t.reconcile.mappingFile)
    .action(
      cli.run(async (session, supplier: string, name?: string) => {
        const { reconciliations } = session.operator();
        const kept =
          name === undefined
            ? await reconciliations.mapping(supplier, session)
            : await reconciliations.setMapping(supplier, readMapping(session, name), session);
        session.out.json(kept);
      }),
    );
  withExamples(mapping, cli, `opentopup reconcile mapping ${SUPPLIER} orange.json`);
}

function readMapping(session: CliSession, name: string): BooksMapping {
  try {
    return JSON.parse(new TextDecoder().decode(readBytes(session, name))) as BooksMapping;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Misuse(session.t.replay.noJson(name));
    throw error;
  }
}

async function tellFile(session: CliSession, report: BooksFileReport): Promise<ExitCode> {
  const { out, t } = session;
  const { reconciliation, errors, error_count, mapping, columns, kinds } = report;
  if (out.isJson) out.json(report);
  else if (!mapping) out.say(t.reconcile.noMapping(columns.join(', ')));
  else if (error_count > 0) {
    out.say(t.reconcile.wrongRows(error_count));
    await out.list(errors, ERROR_COLUMNS);
  } else if (reconciliation) {
    if (report.dry_run) out.say(t.import.wouldDo);
    out.record<Reconciliation>(reconciliation, RUN_COLUMNS);
    await out.list(reconciliation.days, DAY_COLUMNS);
    for (const { kind, count } of kinds) out.say(`${t.statuses[kind]}: ${count}`);
  }
  if (!reconciliation) return EXIT.refused;
  return reconciliation.differences === 0 ? EXIT.ok : EXIT.failed;
}
