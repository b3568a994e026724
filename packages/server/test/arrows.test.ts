import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Which folder of packages/server/src may import which; what is not here is forbidden. */
const layers: Record<string, string[]> = {
  domain: [],
  store: ['domain'],
  suppliers: ['domain'],
  notifiers: ['domain'],
  flows: ['domain', 'store', 'suppliers', 'notifiers'],
  http: ['domain', 'flows'],
  jobs: ['domain', 'flows', 'store'],
};
/** The packages each package may import, by name. */
const packages: Record<string, string[]> = {
  contract: [],
  sheets: [],
  client: ['contract', 'sheets'],
  console: ['client', 'contract'],
  server: ['contract', 'sheets'],
};
/** Programs beside the packages, which no package imports. */
const beside = ['bench'];

interface Plant {
  file: string;
  line: string;
  legal: boolean;
}

/** Those that have folders within folders. */
const deepLayers = ['http', 'store'];

const plants: Plant[] = [];
/** Plants one import in a file of its own; or in `as`, a file that means something there, together with others. */
function plant(legal: boolean, folder: string, line: string, as = `planted-${plants.length}.ts`) {
  plants.push({ file: posix.join('packages', folder, as), line, legal });
}

for (const [from, allowed] of Object.entries(layers)) {
  const folder = `server/src/${from}`;
  for (const to of Object.keys(layers)) {
    if (to === from || (from === 'http' && to === 'store')) continue;
    const legal = allowed.includes(to);
    plant(legal, folder, `import { x } from '../${to}/x.ts';`);
    plant(legal, `${folder}/deeper`, `import { x } from '../../${to}/x.ts';`);
    if (deepLayers.includes(from)) plant(legal, `${folder}/deeper/still`, `import { x } from '../../../${to}/x.ts';`);
    plant(legal, folder, `export * from '../../src/${to}/x.ts';`);
    plant(legal, folder, `const { x } = await import('../${to}/x.ts');`);
    if (from === 'suppliers') plant(legal, folder, `export * from '../${to}/x.ts';`, 'registry.ts');
  }
  plant(true, folder, `import { x } from './x.ts';`);
  plant(true, 'server/src', `export * from './${from}/x.ts';`, 'main.ts');
  plant(from === 'domain', 'server/src', `export * from './${from}/x.ts';`, 'config.ts');
}

// Every place of the server that has rules of its own.
const server = [
  ...Object.keys(layers).flatMap((layer) => [`server/src/${layer}/x.ts`, `server/src/${layer}/deeper/x.ts`]),
  ...deepLayers.map((layer) => `server/src/${layer}/deeper/still/x.ts`),
  'server/src/suppliers/registry.ts',
  'server/src/config.ts',
  'server/src/main.ts',
];
for (const place of server) {
  const folder = dirname(place);
  const up = '../'.repeat(folder.split('/').length - 2);
  const src = up || './';
  plant(false, folder, `export * from '${src}main.ts';`, basename(place));
  plant(folder === 'server/src', folder, `export * from '${src}config.ts';`, basename(place));
  plant(false, folder, `export * from '${up}../test/support/x.ts';`, basename(place));
}

for (const [from, allowed] of Object.entries(packages)) {
  for (const place of from === 'server' ? server : [`${from}/src/x.ts`]) {
    const folder = dirname(place);
    for (const to of Object.keys(packages)) {
      // Suppliers that speak the wire are spoken to by the client.
      const legal = allowed.includes(to) || (to === 'client' && place.startsWith('server/src/suppliers/'));
      plant(legal, folder, `export type * from '@opentopup/${to}';`, basename(place));
      if (to === from) continue;
      const up = '../'.repeat(folder.split('/').length);
      plant(false, folder, `export type * from '${up}${to}/src/deeper/x.ts';`, basename(place));
      plant(false, `${from}/test`, `export type * from '../../${to}/src/x.ts';`);
    }
    for (const to of beside) {
      plant(false, folder, `export type * from '@opentopup/${to}';`, basename(place));
      plant(
        false,
        folder,
        `export type * from '${'../'.repeat(folder.split('/').length + 1)}${to}/x.ts';`,
        basename(place),
      );
      plant(false, `${from}/test`, `export type * from '../../../${to}/x.ts';`);
    }
  }
}

plant(true, '../bench/figures', `import { x } from '../../packages/server/src/store/x.ts';`);
plant(true, '../bench/figures', `import { x } from '../../packages/server/test/support/x.ts';`);
plant(false, '../bench/figures', `import { x } from '../../packages/server/src/main.ts';`);

plant(false, 'contract/src', `import { readFileSync } from 'node:fs';`);
plant(false, 'contract/src', `import { join } from 'node:path';`);
plant(true, 'contract/src', `import Type from 'typebox';`);
plant(true, 'contract/src', `import { readFileSync } from 'node:fs';`, `planted-${plants.length}.test.ts`);

for (const folder of ['client/src', 'client/src/cli/verbs']) {
  plant(false, folder, `import { x } from '@opentopup/contract';`);
  plant(true, folder, `import type { x } from '@opentopup/contract';`);
  plant(true, folder, `import { x } from '@opentopup/contract/reasons';`);
}
plant(false, 'server/src/domain', `import { x } from '@opentopup/contract';`);
plant(true, 'server/src/domain', `import { type x } from '@opentopup/contract';`);
plant(true, 'server/src/domain', `import { x } from '@opentopup/contract/plain-text';`);
const io = 'fs net http https http2 tls dgram dns child_process cluster worker_threads sqlite stream timers readline';
for (const builtin of `${io} process os fs/promises timers/promises`.split(' ')) {
  plant(false, 'server/src/domain', `import x from 'node:${builtin}';`);
}
for (const library of ['fastify', '@fastify/formbody', 'pg', 'pg-pool', '@electric-sql/pglite']) {
  plant(false, 'server/src/domain', `import x from '${library}';`);
}
plant(true, 'server/src/domain', `import { createHash } from 'node:crypto';`);

for (const folder of ['server/src/http', 'server/src/http/routes', 'server/src/http/routes/operator']) {
  const src = '../'.repeat(folder.split('/').length - 2);
  plant(true, folder, `import { x } from '${src}store/queries.ts';`);
  plant(true, folder, `import { x } from '${src}store/queries/x.ts';`);
  plant(true, folder, `import type { Db } from '${src}store/db.ts';`);
  plant(false, folder, `import { sqlState } from '${src}store/db.ts';`);
  plant(false, folder, `import { x } from '${src}store/hold.ts';`);
  plant(false, folder, `import type { x } from '${src}store/hold.ts';`);
}

plant(true, 'server/src/http/routes', `import { x } from '../x.ts';`);
plant(true, 'server/src/http/routes/operator', `import { x } from '../../x.ts';`);
plant(true, 'server/src/store/queries', `import { x } from '../x.ts';`);
plant(true, 'server/src/store/queries/operator', `import { x } from '../../x.ts';`);

plant(true, 'server/src/suppliers', `export * from './simulator/x.ts';`, 'registry.ts');
plant(false, 'server/src/suppliers', `import { x } from './simulator/x.ts';`);
plant(false, 'server/src/suppliers/other', `import { x } from '../simulator/x.ts';`);
plant(true, 'server/src/suppliers/other', `import { x } from './x.ts';`);
plant(true, 'server/src/suppliers/other', `import { x } from '../supplier.ts';`);
plant(true, 'server/src/suppliers/other', `import { x } from '../../domain/x.ts';`);
plant(false, 'server/src/suppliers/other', `import { x } from '../../store/x.ts';`);
plant(false, 'server/src/flows', `import { x } from '../suppliers/simulator/x.ts';`);
plant(false, 'server/src', `export * from './suppliers/simulator/x.ts';`, 'main.ts');
plant(false, 'server/src', `import { x } from './main.ts';`);

plant(true, 'server/src/domain', `import { x } from '../../test/support/x.ts';`, `planted-${plants.length}.test.ts`);
plant(true, 'server/test', `import { x } from '../src/suppliers/simulator/x.ts';`, `planted-${plants.length}.test.ts`);
plant(false, 'server/test', `import { x } from '../src/main.ts';`, `planted-${plants.length}.test.ts`);
plant(false, 'client/src', `import { x } from '@opentopup/server';`, `planted-${plants.length}.test.ts`);

let copy: string;
/** What oxlint reports, as `file:rule: line`. */
let reported: Set<string>;

// In a copy, so that a run that is killed leaves nothing behind in the sources.
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'opentopup-arrows-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(copy, '.oxlintrc.json'));
  const flows = 'packages/server/src/flows';
  const files = new Map([
    [`${flows}/a.ts`, [`import { b } from './b.ts';`, 'export const a = () => b;']],
    [`${flows}/b.ts`, [`import { a } from './a.ts';`, 'export const b = () => a;']],
  ]);
  for (const { file, line } of plants) files.set(file, [...(files.get(file) ?? []), line]);
  for (const [file, lines] of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), lines.join('\n'));
  }

  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const run = spawnSync(process.execPath, [oxlint, '--format=json'], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const { diagnostics } = JSON.parse(run.stdout) as {
    diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[];
  };
  reported = new Set(
    diagnostics.map(({ code, filename, labels }) => {
      const file = filename.replaceAll('\\', '/');
      return `${file}:${code}: ${files.get(file)?.[(labels[0]?.span.line ?? 0) - 1]}`;
    }),
  );
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const isReported = ({ file, line }: Plant) => reported.has(`${file}:eslint(no-restricted-imports): ${line}`);
const name = ({ file, line }: Plant) => `${file}: ${line}`;

describe('the arrows', () => {
  test('report every forbidden import', () => {
    const forbidden = plants.filter((planted) => !planted.legal);
    expect(forbidden.length).toBeGreaterThan(10);
    expect(forbidden.filter((planted) => !isReported(planted)).map(name)).toEqual([]);
  });

  test('let every legal import pass', () => {
    expect(plants.filter((planted) => planted.legal && isReported(planted)).map(name)).toEqual([]);
  });

  test('report an import cycle', () => {
    expect(reported).toContain(`packages/server/src/flows/a.ts:import(no-cycle): import { b } from './b.ts';`);
  });

  test('know every package and every folder of the server', () => {
    const folders = readdirSync(join(root, 'packages/server/src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(Object.keys(packages)).toEqual(expect.arrayContaining(readdirSync(join(root, 'packages'))));
    expect(Object.keys(layers)).toEqual(expect.arrayContaining(folders));
  });
});
