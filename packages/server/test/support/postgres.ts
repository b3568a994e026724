import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL where tests may create databases; see `createDatabase`. */
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL for the whole test run. With TEST_DATABASE_URL set, that one is used instead: version 15 or later,
 * a user that may create databases, which the tests remove again.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
