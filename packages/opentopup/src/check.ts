import { EXIT, type ExitCode } from '@opentopup/client/cli/exit-codes';
import type { Column } from '@opentopup/client/cli/output/column';
import type { CliSession } from '@opentopup/client/cli/session';
import { type DefineVerb, withExamples } from '@opentopup/client/cli/verbs/verb';
import type { SchemaCheck } from '@opentopup/server/src/app/check-schema.ts';
import { askProgram } from './ask-program.ts';
import { CHECK_WORDS } from './check-words.ts';

interface Options {
  data?: string;
  databaseUrl?: string;
}

/** A migration that a start would apply. */
type Pending = SchemaCheck['pending'][number];

async function tell({ out, locale }: CliSession, check: SchemaCheck): Promise<ExitCode> {
  const words = CHECK_WORDS[locale.language];
  const exit = check.status === 'refused' ? EXIT.refused : EXIT.ok;
  if (out.isJson) {
    out.json(check);
    return exit;
  }
  const columns: Column<Pending>[] = [
    { name: 'name', kind: 'text', of: ({ name }) => name },
    {
      name: 'tables',
      kind: 'text',
      of: ({ tables }) => tables.map(({ name, rows }) => `${name} (${locale.number(rows)})`).join(', '),
    },
    { name: 'seconds_at_most', kind: 'count', of: ({ seconds_at_most }) => seconds_at_most },
  ];
  if (check.status === 'behind') await out.list(check.pending, columns);
  const seconds = check.pending.reduce((sum, { seconds_at_most }) => sum + seconds_at_most, 0);
  out.say(words[check.status](locale.number(check.pending.length), locale.number(seconds), check.cause ?? ''));
  return exit;
}

/** Defines `check`: what a start of this version would do to the database. */
export const defineCheck: DefineVerb = (program, cli) => {
  const words = CHECK_WORDS[cli.locale.language];
  const check = program
    .command('check')
    .description(words.about)
    .option('--data <folder>', words.data)
    .option('--database-url <url>', words.databaseUrl)
    .action(
      cli.run(async (session, { data, databaseUrl }: Options) => {
        const env = {
          ...session.io.env,
          ...(data !== undefined && { DATA_DIR: data }),
          ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
        };
        return tell(session, await askProgram<SchemaCheck>('check-schema', env));
      }),
    );
  withExamples(check, cli, 'opentopup check', 'opentopup check --json');
};
