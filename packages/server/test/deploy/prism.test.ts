import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandLine, environment } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { published } from '../published/description.ts';
import { installNpmTool } from './npm-tool.ts';
import { findFreePort } from './tool.ts';

const jsonOf = (schema: object): object => ({ content: { 'application/json': { schema } } });
/** What the published description has beside its paths: where tokens come from. */
const TOKEN = {
  post: {
    operationId: 'createToken',
    requestBody: { content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } },
    responses: {
      200: {
        description: '',
        ...jsonOf({
          type: 'object',
          required: ['access_token', 'token_type', 'expires_in'],
          properties: {
            access_token: { type: 'string' },
            token_type: { type: 'string', enum: ['Bearer'] },
            expires_in: { type: 'integer', example: 3_600 },
          },
        }),
      },
    },
  },
};

interface Result {
  id: string;
  outcome: string;
  findings: { what: string; expected: string; found: string }[];
}

let folder: string;
let mock: ChildProcess;
let somebody: CommandLine;

beforeAll(async () => {
  const prism = await installNpmTool('@stoplight/prism-cli');
  folder = await mkdtemp(join(tmpdir(), 'opentopup-prism-'));
  const { paths, components, version } = structuredClone(published);
  const operations = Object.values<object>(paths).flatMap((each) => Object.values<any>(each));
  for (const { responses = {} } of operations) {
    for (const response of Object.values<any>(responses)) response.description ??= '';
  }
  const info = { title: 'Travel B2B', version };
  const document = { openapi: '3.0.3', info, paths: { ...paths, '/oauth/v3/token': TOKEN }, components };
  await writeFile(join(folder, 'travel-b2b.json'), JSON.stringify(document));

  const port = await findFreePort();
  mock = spawn(process.execPath, [prism, 'mock', '-p', String(port), 'travel-b2b.json'], { cwd: folder });
  let output = '';
  for (const stream of [mock.stdout, mock.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
  for (const until = Date.now() + 60_000; !output.includes('Prism is listening'); await sleep(100)) {
    if (Date.now() > until) throw new Error(`Prism does not listen: ${output}`);
  }
  somebody = await CommandLine.create(
    environment(`http://127.0.0.1:${port}`, { clientId: 'somebody', clientSecret: 'secret' }),
  );
});
afterAll(async () => {
  if (mock?.exitCode === null && mock.kill()) await once(mock, 'close');
  await somebody?.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('conformance, at the mock that Prism makes of the published description', () => {
  it.each([
    ['which only reads', []],
    ['which sells', ['--sell', '--msisdn', '0684587587']],
  ])(
    'comes to its end, %s, tells what the mock does otherwise, and nothing that the description gives it',
    async (_, more) => {
      const { exit, values } = await somebody.json('conformance', ...more);
      const [told] = values as unknown as [{ passes: boolean; calls: number; units: number; results: Result[] }];
      expect({ exit, ...told }).toMatchObject({ exit: 1, passes: false, units: 0 });
      expect(told.calls).toBeLessThanOrEqual(400);
      const ids = (outcome: string): string[] =>
        told.results.filter((each) => each.outcome === outcome).map(({ id }) => id);

      // A mock knows no token, no thing from another, and refuses in words of its own.
      expect(ids('deviates')).toEqual(
        expect.arrayContaining([
          'createToken/wrong_secret',
          'getDistributorOfferList/no_token',
          'getDistributorOffer/nobodys',
          'getDistributorTransactionList/offset_words',
        ]),
      );
      expect(ids('kept')).toEqual(
        expect.arrayContaining([
          'isAlive/answer',
          'getCountryList/answer',
          'getCurrencyList/answer',
          'getAvailableSupplierList/answer',
          'getDistributorTransactionList/answer',
          'getDistributorTransactionDetail/as_listed',
          'getDistributorKey/key_or_none',
        ]),
      );
      // Of bodies: it makes up a text against its pattern, a count, and words of refusals.
      const ofBodies = told.results.flatMap(({ findings }) => findings.map(({ what }) => what));
      const others = /^(?:status|content-type|\/\d+\/product\/orange_travel_id|\/count|\/description)$/;
      expect(ofBodies.filter((what) => !others.test(what))).toEqual([]);
    },
  );
});
