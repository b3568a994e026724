import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { installNpmTool } from './npm-tool.ts';

/** How long a request may take; streams of events have no end, and are cut there. */
const PATIENCE_MS = 10_000;

interface Execution {
  item: { name: string; request: { url: { path: string[] } } };
  response?: { code: number; stream: { data: number[] } };
  requestError?: { code: string };
}

let world: DemoPlace;
let server: RunningServer;
let folder: string;

beforeAll(async () => {
  world = await createWorld('postgresql');
  server = await world.start();
  folder = await mkdtemp(join(tmpdir(), 'opentopup-newman-'));
});
afterAll(async () => {
  await world?.remove();
  await rm(folder, { recursive: true, force: true });
});

it('the collection for Postman is run whole by newman: each request is understood, and signed in', async () => {
  const newman = await installNpmTool('newman');
  const collection = await (await fetch(`${server.baseUrl}/collections/opentopup.postman.json`)).text();
  await writeFile(join(folder, 'opentopup.postman.json'), collection);
  const { client_id, client_secret, offers } = world.demo.sandbox;
  const variables = {
    baseUrl: server.baseUrl,
    clientId: client_id,
    clientSecret: client_secret,
    adminToken: world.demo.admin_token,
    offer: offers.find(({ kind }) => kind === 'msisdn')?.id,
  };
  const given = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  const report = ['--reporters', 'json', '--reporter-json-export', 'report.json'];
  const args = ['run', 'opentopup.postman.json', ...given, '--timeout-request', String(PATIENCE_MS), ...report];
  // It ends with 1, as the streams are cut.
  await promisify(execFile)(process.execPath, [newman, ...args], { cwd: folder }).catch(() => {});
  const { run } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
  const executions = run.executions as Execution[];

  const requests = JSON.parse(collection).item.flatMap((each: { item: unknown[] }) => each.item);
  expect(executions).toHaveLength(requests.length);
  const cut = executions.filter(({ response }) => !response);
  expect(cut.map(({ item, requestError }) => [item.request.url.path.at(-1), requestError?.code])).toEqual([
    ['stream', 'ESOCKETTIMEDOUT'],
    ['stream', 'ESOCKETTIMEDOUT'],
  ]);
  expect(run.failures).toHaveLength(cut.length);

  const answers = executions.flatMap(({ item, response }) =>
    response ? [{ name: item.name, code: response.code, text: Buffer.from(response.stream.data).toString() }] : [],
  );
  const [token, ...others] = answers;
  expect(token?.code).toBe(200);
  const misunderstood =
    /"(?:invalid_json|invalid_body|missing_body|missing_credentials|internal_error|malformed_request)"/;
  expect(others.filter(({ code, text }) => code >= 400 && misunderstood.test(text))).toEqual([]);
  expect(others.filter(({ text }) => text.includes('{{'))).toEqual([]);
  expect(others.filter(({ code }) => code < 300).length).toBeGreaterThan(80);
});
