import { EXIT } from '@opentopup/client/cli/exit-codes';
import { type DefineVerb, withExamples } from '@opentopup/client/cli/verbs/verb';
import type { Distribution } from '@opentopup/server/src/database/distribute.ts';
import { askProgram } from './ask-program.ts';
import { DISTRIBUTE_WORDS } from './distribute-words.ts';

/** Defines `distribute`: spreads the database over the workers of a Citus cluster. */
export const defineDistribute: DefineVerb = (program, cli) => {
  const words = DISTRIBUTE_WORDS[cli.locale.language];
  const distribute = program
    .command('distribute')
    .description(words.about)
    .option('--database-url <url>', words.databaseUrl)
    .action(
      cli.run(async ({ io, out, locale }, { databaseUrl }: { databaseUrl?: string }) => {
        const env = { ...io.env, ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
        const done = await askProgram<Distribution>('distribute-database', env);
        if (out.isJson) out.json(done);
        else out.say(words[done.status](locale.number(done.shards), locale.number(done.workers)));
        return EXIT.ok;
      }),
    );
  withExamples(distribute, cli, 'opentopup distribute', 'opentopup distribute --json');
};
