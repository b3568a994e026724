import { fileURLToPath } from 'node:url';
import { type DefineVerb, whole, withExamples } from '@opentopup/client/cli/verbs/verb';
import { becomeProgram } from './become-program.ts';
import { SERVE_WORDS } from './serve-words.ts';

interface Options {
  port?: number;
  data?: string;
  databaseUrl?: string;
  workers?: number;
}

/** Starts a server: this process becomes it, so signals and the exit code are its own. */
export const defineServe: DefineVerb = (program, cli) => {
  const words = SERVE_WORDS[cli.locale.language];
  const serve = program
    .command('serve')
    .description(words.about)
    .option('--port <number>', words.port, whole(cli, 0))
    .option('--data <folder>', words.data)
    .option('--database-url <url>', words.databaseUrl)
    .option('--workers <number>', words.workers, whole(cli, 1))
    .action(
      cli.run(async ({ io }, { port, data, databaseUrl, workers }: Options) => {
        const start = fileURLToPath(import.meta.resolve('#server'));
        const env = {
          ...io.env,
          ...(port !== undefined && { PORT: String(port) }),
          ...(data !== undefined && { DATA_DIR: data }),
          ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
          ...(workers !== undefined && { WORKERS: String(workers) }),
        };
        becomeProgram(start, [], env);
      }),
    );
  withExamples(
    serve,
    cli,
    'opentopup serve',
    'opentopup serve --port 9000 --database-url postgres://localhost/opentopup --workers 4',
  );
};
