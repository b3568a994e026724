import { createRequire } from 'node:module';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import { whole, withExamples } from './verb.ts';

interface Options {
  port?: number;
  data?: string;
  databaseUrl?: string;
  workers?: number;
}

/** Starts a server: this process becomes it, so signals and the exit code are its own. */
export function defineServe(program: Command, cli: Cli): void {
  const { t } = cli;
  const serve = program
    .command('serve')
    .description(t.serve.about)
    .option('--port <number>', t.serve.port, whole(cli, 0))
    .option('--data <folder>', t.serve.data)
    .option('--database-url <url>', t.serve.databaseUrl)
    .option('--workers <number>', t.serve.workers, whole(cli, 1))
    .action(
      cli.run(async ({ io }, { port, data, databaseUrl, workers }: Options) => {
        const start = serverProgram();
        if (start === undefined) throw new Misuse(t.serve.notHere);
        if (!process.execve) throw new Misuse(t.serve.notOnThisSystem(start));
        const env = {
          ...io.env,
          ...(port !== undefined && { PORT: String(port) }),
          ...(data !== undefined && { DATA_DIR: data }),
          ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
          ...(workers !== undefined && { WORKERS: String(workers) }),
        };
        process.execve(process.execPath, [process.execPath, start], env);
      }),
    );
  withExamples(
    serve,
    cli,
    'opentopup serve',
    'opentopup serve --port 9000 --database-url postgres://localhost/opentopup --workers 4',
  );
}

/** The server's program, where its package is installed. */
function serverProgram(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@opentopup/server/start.js');
  } catch {
    return undefined;
  }
}
