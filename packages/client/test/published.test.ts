import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { build } from 'tsdown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageConfig } from '../../../tsdown.config.ts';

const root = join(import.meta.dirname, '../../..');
const NAMES = ['contract', 'client'];

/** The most that the client may weigh in a browser, gzip; in bytes. */
const LARGEST = { client: 13_000, events: 1_500, webhooks: 1_000, errors: 500 };

let folder: string;
/** Where a package stands as it is installed. */
const built = (name: string): string => join(folder, 'node_modules/@opentopup', name);
const files = (name: string): string[] => readdirSync(built(name)).filter((file) => file.endsWith('.js'));

// Installed as somebody else would have it: what is published, beside its dependencies, and none of the sources.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opentopup-published-'));
  mkdirSync(join(folder, 'node_modules/@opentopup'), { recursive: true });
  for (const name of NAMES) {
    await build({ ...packageConfig(`packages/${name}`, built(name)), config: false, logLevel: 'error' });
  }
  for (const name of ['typebox', 'uqr', 'undici-types', '@types', 'libphonenumber-js']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one of our tools there. */
function run(tool: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** What a compiler has to say of `shop.ts`, in somebody else's project. */
function compile(compiler: string, options: object): { status: number | null; output: string } {
  const own = { noEmit: true, strict: true, skipLibCheck: true, target: 'es2022', module: 'nodenext' };
  const tsconfig = { compilerOptions: { ...own, ...options }, files: ['shop.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  return run(compiler, '-p', '.');
}

/** How many bytes this code is with all that it needs, minified and compressed. */
async function sizeOf(code: string): Promise<number> {
  writeFileSync(join(folder, 'entry.js'), code);
  const outDir = join(folder, 'bundle');
  await build({
    config: false,
    cwd: folder,
    entry: ['entry.js'],
    outDir,
    platform: 'browser',
    minify: true,
    dts: false,
    deps: { alwaysBundle: [/./], onlyBundle: false },
    logLevel: 'error',
  });
  return gzipSync(readFileSync(join(outDir, 'entry.js'))).length;
}

describe.each(NAMES)('the published package %s', (name) => {
  it('finds no fault with publint', async () => {
    const { messages } = await publint({ pkgDir: built(name), level: 'suggestion', strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  it('has the right types for whoever imports it', async () => {
    const pack = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: built(name),
      encoding: 'utf8',
    });
    const tarball = readFileSync(join(folder, pack.stdout.trim()));
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    const problems = result.types ? result.problems : ['no types at all'];
    // It is for import alone, and for a resolution that knows "exports".
    const expected = ['CJSResolvesToESM', 'NoResolution'];
    const others = problems.filter(
      (problem) =>
        typeof problem === 'string' ||
        !expected.includes(problem.kind) ||
        (problem.kind === 'NoResolution' && problem.resolutionKind !== 'node10'),
    );
    expect(others).toEqual([]);
  });

  it('has source maps that hold their sources', () => {
    for (const file of files(name)) {
      const map = JSON.parse(readFileSync(join(built(name), `${file}.map`), 'utf8')) as { sourcesContent: string[] };
      expect(map.sourcesContent.every((source) => source.length > 0)).toBe(true);
    }
  });
});

describe('the published client', () => {
  it('runs without the contract, its schemas, or anything of Node', () => {
    for (const file of files('client')) {
      const code = readFileSync(join(built('client'), file), 'utf8');
      const imports = [...code.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, source]) => source as string);
      expect(imports.filter((source) => !source.startsWith('./') && source !== 'uqr')).toEqual([]);
    }
  });

  it('is small, and smaller where only a part of it is used', async () => {
    const from = (names: string, path = ''): string => `export { ${names} } from '@opentopup/client${path}';`;
    expect(await sizeOf(from('TravelB2B'))).toBeLessThan(LARGEST.client);
    expect(await sizeOf(from('verifyWebhook', '/webhooks'))).toBeLessThan(LARGEST.webhooks);
    expect(await sizeOf(from('eventsOf', '/events'))).toBeLessThan(LARGEST.events);
    expect(await sizeOf(from('AnswerError'))).toBeLessThan(LARGEST.errors);
    const withoutOperator = readFileSync(join(folder, 'bundle/entry.js'), 'utf8');
    expect(withoutOperator).not.toContain('/admin/v1');
  });

  it('has types that hold others to the contract, for browsers and for Node', () => {
    writeFileSync(
      join(folder, 'shop.ts'),
      `import { Operator, TravelB2B, type TopupResult } from '@opentopup/client';
      import { decryptActivationCode, generateKeyPair } from '@opentopup/client/esim';
      import { eventsOf } from '@opentopup/client/events';
      import { verifyWebhook } from '@opentopup/client/webhooks';
      const client = new TravelB2B({ baseUrl: 'http://127.0.0.1', clientId: 'a', clientSecret: 'b' });
      const operator = new Operator({ baseUrl: 'http://127.0.0.1', adminToken: 'c' });
      export async function sell(offer_id: string): Promise<string> {
        const result: TopupResult = await client.topups.create({ offer_id, parameters: { msisdn: '0684587587' } });
        switch (result.status) {
          case 'ok':
            return result.transaction.offer_name;
          case 'pending':
            return result.transaction.id;
          case 'refused':
            return result.reason satisfies 'bucket_empty' | string;
        }
      }
      export const world: Promise<'live' | 'sandbox'> = operator.distributors.get('1').then((shop) => shop.world);
      export const units: Promise<number> = operator.stock
        .grant('1', { units: 1, reference: 'a', justification: 'b' })
        .then((booking) => booking.bucket.available);
      export const days: Promise<number | null> = client.opentopup.settings.get().then((s) => s.line_units_per_day);
      export async function follow(from: string): Promise<string | undefined> {
        const events = eventsOf(client.opentopup.operations);
        for await (const event of events.follow({ types: ['transaction.resolved'], from })) {
          if (event.type === 'transaction.resolved') return event.data.status;
        }
        return undefined;
      }
      export const left: Promise<number> = verifyWebhook('', {}, 'whsec_').then(({ event }) =>
        event.type === 'stock.low' ? event.data.available : 0,
      );
      export const helpers = [decryptActivationCode, generateKeyPair];
      // @ts-expect-error: a top-up names its line
      client.topups.create({ offer_id: '1' });
      // @ts-expect-error: a sale is made through topups and esims alone
      client.operations.call('createTransaction', { body: { offer_id: '1' } });
      // @ts-expect-error: there is no such status
      client.transactions.count({ status: 'lost' });
      // @ts-expect-error: a grant needs its reference
      operator.call('createGrant', { params: { id: '1' }, body: { units: 1, justification: 'b' } });
      // @ts-expect-error: what the operator's own API does not say may be missing
      export const margin: Promise<number> = client.offers.get('1').then((offer) => offer.margin);
      `,
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const older = createRequire(createRequire(import.meta.url).resolve('@arethetypeswrong/core')).resolve('typescript');
    const browser = { lib: ['es2022', 'dom'], types: [] };
    const node = { lib: ['es2022'], types: ['node'] };
    expect(compile(tsc, browser)).toEqual({ status: 0, output: '' });
    expect(compile(tsc, node)).toEqual({ status: 0, output: '' });
    expect(compile(join(older, '../tsc.js'), browser)).toEqual({ status: 0, output: '' });
  });

  it('runs in Node as it is installed', () => {
    writeFileSync(
      join(folder, 'use.js'),
      `import { TravelB2B } from '@opentopup/client';
      import { lpaString, qrTerminal } from '@opentopup/client/esim';
      import { verifyWebhook } from '@opentopup/client/webhooks';
      const client = new TravelB2B({ baseUrl: 'http://127.0.0.1:2', clientId: 'a', clientSecret: 'b', retries: 0 });
      const order = { offer_id: '1', parameters: { msisdn: '0684587587' } };
      const error = await client.topups.create(order).catch((error) => error);
      await verifyWebhook('', {}, 'whsec_').catch(({ fault }) => console.log(fault));
      const qr = await qrTerminal(lpaString({ activation_code: '1$a$b' }));
      console.log(error.sale, qr.length > 100);`,
    );
    expect(run('use.js')).toEqual({ status: 0, output: 'missing_header\ncannot_have_happened true\n' });
  });
});
