import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { createDatabase } from './database.ts';
import { type PlannedDemo, plantDemo } from './plant-demo.ts';
import { startPostgres } from './postgres-server.ts';
import { startProgram } from './program.ts';
import { SEALING_KEY } from './sealing-key.ts';

const BUILD_CONSOLE = join(import.meta.dirname, '../../../console/build.js');

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL where tests may create databases; see `createDatabase`. */
    postgresUrl: string;
    /** The demo in a PostgreSQL database of this name: to be copied, never opened. */
    demoDatabase: { name: string; demo: PlannedDemo };
    /** A data folder with the demo, as the first start left it. To be copied, never opened. */
    demoFolder: string;
  }
}

/**
 * The console as its sources are, one PostgreSQL for the whole test run, and the demo in it and on the embedded database.
 * With TEST_DATABASE_URL set, that PostgreSQL is used instead: version 15 or later, a user that may create databases,
 * which the tests remove again.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Only where its sources are newer than what is built.
  await promisify(execFile)(process.execPath, [BUILD_CONSOLE]);
  const given = process.env['TEST_DATABASE_URL'];
  const postgres = given ? null : await startPostgres();
  const postgresUrl = given ?? postgres?.url ?? '';
  project.provide('postgresUrl', postgresUrl);
  const original = await createDatabase(postgresUrl);

  const demoFolder = await mkdtemp(join(tmpdir(), 'opentopup-demo-'));
  const cleanUp = async (): Promise<void> => {
    await rm(demoFolder, { recursive: true, force: true });
    await original.drop();
    await postgres?.stop();
  };
  try {
    const demo = await plantDemo(original.url);
    project.provide('demoDatabase', { name: new URL(original.url).pathname.slice(1), demo });
    // The key that it would make by itself, so that tests may also name it in their settings.
    await writeFile(join(demoFolder, 'sealing.key'), SEALING_KEY, { mode: 0o600 });
    const first = await startProgram({ DATA_DIR: demoFolder });
    await first.stop();
  } catch (error) {
    await cleanUp();
    throw error;
  }
  project.provide('demoFolder', demoFolder);
  return cleanUp;
}
