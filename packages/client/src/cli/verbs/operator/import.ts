import type { ImportReport } from '@opentopup/contract';
import { Argument, type Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { EXIT } from '../../exit-codes.ts';
import type { Column } from '../../output/column.ts';
import { readBytes } from '../keys.ts';
import { withExamples } from '../verb.ts';

/** What was imported. */
export const REPORT_FIELDS: Column<ImportReport>[] = [
  { name: 'rows', kind: 'count', of: ({ rows }) => rows },
  { name: 'created', kind: 'count', of: ({ created }) => created },
  { name: 'changed', kind: 'count', of: ({ changed }) => changed },
  { name: 'unchanged', kind: 'count', of: ({ unchanged }) => unchanged },
];

/** What is wrong with a row. */
export const ERROR_COLUMNS: Column<ImportReport['errors'][number]>[] = [
  { name: 'line_number', kind: 'count', of: ({ line }) => line },
  { name: 'column', kind: 'text', of: ({ column }) => column },
  { name: 'message', kind: 'words', of: ({ message }) => message },
];

const KINDS = ['products', 'offers', 'grants'] as const;

/** Defines `import`: many products, offers or grants from a file, all or none. */
export function defineImport(program: Command, cli: Cli): void {
  const { t } = cli;
  const command = program
    .command('import')
    .description(t.import.about)
    .addArgument(new Argument('<kind>', t.import.kind).choices(KINDS))
    .argument('<file>', t.import.file)
    .option('--dry-run', t.options.dryRun)
    .action(
      cli.run(async (session, kind: (typeof KINDS)[number], file: string, { dryRun }: { dryRun?: true }) => {
        const { out } = session;
        const query = dryRun ? { dry_run: true } : {};
        const report = await session.operator().importCsv(kind, readBytes(session, file), query, session);
        const isDone = report.errors.length === 0;
        if (out.isTerminal) out.say(!isDone ? t.import.nothing : dryRun ? t.import.wouldDo : t.import.done);
        if (report.encoding === 'windows-1252') out.warn(t.file.guessed);
        out.record(report, REPORT_FIELDS);
        if (!out.isJson && !isDone) await out.list(report.errors, ERROR_COLUMNS);
        return isDone ? EXIT.ok : EXIT.refused;
      }),
    );
  withExamples(command, cli, 'opentopup import grants november.csv --dry-run');
}
