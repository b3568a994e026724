import type { DocumentKeyEntry } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { withExamples } from '../verb.ts';

const COLUMNS: Column<DocumentKeyEntry>[] = [
  { name: 'kid', kind: 'text', of: ({ kid }) => kid },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'retirement_date', kind: 'date', of: ({ retirement_date }) => retirement_date },
];

/** Defines `document-key`: the keys that sign documents. */
export function defineDocumentKey(program: Command, cli: Cli): void {
  const { t } = cli;
  const documentKey = program.command('document-key').description(t.documentKey.about);

  const list = documentKey
    .command('list')
    .description(t.documentKey.list)
    .action(
      cli.run(async (session) => {
        await session.out.list(session.operator().documentKeys.list(session), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup document-key list');

  const rotate = documentKey
    .command('rotate')
    .description(t.documentKey.rotate)
    .action(
      cli.run(async (session) => {
        session.out.record(await session.operator().documentKeys.rotate(session), COLUMNS);
      }),
    );
  withExamples(rotate, cli, 'opentopup document-key rotate');
}
