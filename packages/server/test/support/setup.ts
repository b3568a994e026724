import { execFile } from 'node:child_process';
import { once as next } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { openPglite } from '../../src/database/pglite.ts';
import { createDatabase, createPlainDatabase } from './database.ts';
import type { Fixtures } from './fixtures.ts';
import { plantDemo } from './plant-demo.ts';
import { startPostgres } from './postgres-server.ts';
import { startProgram } from './program.ts';
import { ADMIN_TOKEN, SEALING_KEY } from './secrets.ts';

/** They build only what is older than its sources. */
const BUILD = ['packages/console/build.js', 'bundle.js'].map((path) => join(import.meta.dirname, '../../../..', path));

async function build(): Promise<void> {
  for (const program of BUILD) await promisify(execFile)(process.execPath, [program]);
}

/** How to undo what was made; the last first. */
const undo: (() => Promise<unknown>)[] = [];

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

const NO_CLUSTER =
  'Set TEST_CITUS_URL to a database of the coordinator of a Citus cluster with at least one worker: ' +
  'TEST_CITUS_URL=postgres://user:password@host/postgres npm run test:citus. The user may create databases on each machine.';

/**
 * With TEST_DATABASE_URL set, that PostgreSQL is used: version 15 or later, a user that may create databases, which the
 * tests remove again.
 */
const postgres = once(async () => {
  const { CITUS, TEST_CITUS_URL, TEST_DATABASE_URL } = process.env;
  if (CITUS && !TEST_CITUS_URL) throw new Error(NO_CLUSTER);
  const given = TEST_CITUS_URL ?? TEST_DATABASE_URL;
  if (given) return given;
  const started = await startPostgres();
  undo.push(() => started.stop());
  return started.url;
});

const demoDatabase = once(async () => {
  const database = await createPlainDatabase(await postgres());
  undo.push(() => database.drop());
  return { name: new URL(database.url).pathname.slice(1), demo: await plantDemo(database.url) };
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opentopup-fixture-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const emptyFolder = once(async () => {
  const folder = await makeFolder();
  await (await openPglite(folder)).close();
  return folder;
});

const demoFolder = once(async () => {
  const folder = await makeFolder();
  await cp(await emptyFolder(), folder, { recursive: true });
  // The key that it would make by itself, so that tests may also name it in their settings.
  await writeFile(join(folder, 'sealing.key'), SEALING_KEY, { mode: 0o600 });
  const first = await startProgram({ DATA_DIR: folder });
  await first.stop();
  return folder;
});

async function demoCopy(): Promise<Fixtures['demoCopy']> {
  const { name, demo } = await demoDatabase();
  const database = await createDatabase(await postgres(), name);
  undo.push(() => database.drop());
  return { demo, env: { DATABASE_URL: database.url, ADMIN_TOKEN, SEALING_KEY } };
}

const MAKERS: { [Name in keyof Fixtures]: () => Promise<Fixtures[Name]> } = {
  postgres,
  demoDatabase,
  emptyFolder,
  demoFolder,
  demoCopy,
};

/** Builds the program, and gives fixtures to the files that ask. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  project.onTestsRerun(build);
  const server = createServer((request, response) => {
    MAKERS[request.url?.slice(1) as keyof Fixtures]().then(
      (fixture) => response.end(JSON.stringify(fixture)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await next(server, 'listening');
  project.provide('fixturesUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    server.closeAllConnections();
    for (const step of undo.toReversed()) await step();
  };
}
