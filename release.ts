/**
 * Makes what is released, as npm takes it: `opentopup-<version>.tgz`, the whole program, and the packed client and contract.
 *
 *   node release.ts [FOLDER]     `release` unless told; what was there of an earlier release goes
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'tsdown';
import { billOfMaterials, findParts, licenceTexts, type Part } from './release-parts.ts';
import { packageConfig, readManifest } from './tsdown.config.ts';

const root = import.meta.dirname;
const into = resolve(process.argv[2] ?? join(root, 'release'));
const staging = join(into, 'opentopup');

/** Bundled with everything else but these, which read files beside their own. */
const BESIDE = ['@electric-sql/pglite', 'dejavu-fonts-ttf'];
/** Of fonts, those that documents are written in. */
const isNeeded = (path: string): boolean => !path.endsWith('.ttf') || /DejaVuSans(-Bold)?\.ttf$/.test(path);
/** What builds the console, and is no part of it. */
const BUILDERS = ['vite'];
/** What the program reads beside its own, as it lies in this repository. */
const COPIED = [
  'LICENSE',
  'CHANGELOG.md',
  'packages/console/dist',
  'packages/opentopup/bin',
  'packages/server/src/database/migrations',
  'packages/server/start.js',
];

const writeJson = (path: string, value: unknown): void => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
const run = (command: string, args: readonly string[], cwd = root): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const pack = (folder: string): boolean =>
  say(`packed ${run('npm', ['pack', '--silent', '--pack-destination', into], folder)}`);

/** Finds all parts of others that are in the program. */
function partsOfProgram(): Part[] {
  const folders = ['server', 'client', 'opentopup', 'sheets', 'contract', 'console'].map((name) => `packages/${name}`);
  const needed = folders.flatMap((folder) => {
    const { dependencies, optionalDependencies } = readManifest(folder);
    const names = Object.keys({ ...dependencies, ...optionalDependencies });
    return names
      .filter((name) => !name.startsWith('@opentopup/') && !BUILDERS.includes(name))
      .map((name) => ({ name, folder }));
  });
  return findParts(root, needed);
}

/** Puts the program together: one package, which nothing has to be fetched for. */
function stage(): void {
  const { name, version, description, license, type } = readManifest('packages/opentopup');
  run(process.execPath, ['packages/console/build.js']);
  run(process.execPath, ['bundle.js', staging, run('git', ['rev-parse', '--short', 'HEAD'])]);
  for (const path of COPIED) cpSync(join(root, path), join(staging, path), { recursive: true });
  cpSync(join(root, 'packages/opentopup/README.md'), join(staging, 'README.md'));
  const server = readManifest('packages/server');
  writeJson(join(staging, 'packages/server/package.json'), { name: server.name, version: server.version, type });

  const beside = findParts(
    root,
    BESIDE.map((part) => ({ name: part, folder: 'packages/server' })),
  );
  for (const part of beside)
    cpSync(part.folder, join(staging, 'node_modules', part.name), {
      recursive: true,
      dereference: true,
      filter: isNeeded,
    });
  const parts = partsOfProgram();
  writeFileSync(join(staging, 'THIRD-PARTY-LICENSES.txt'), licenceTexts(parts));
  const bill = billOfMaterials({ name, version }, parts);
  writeJson(join(staging, 'sbom.cdx.json'), bill);
  writeJson(join(into, `opentopup-${version}.cdx.json`), bill);
  writeJson(join(staging, 'package.json'), {
    name,
    version,
    description,
    license,
    type,
    engines: { node: '>=24' },
    bin: { opentopup: 'packages/opentopup/bin/opentopup.js' },
    imports: { '#main': './packages/opentopup/dist/main.js', '#server': './packages/server/start.js' },
    dependencies: Object.fromEntries(beside.map((part) => [part.name, part.version])),
    bundleDependencies: beside.map((part) => part.name),
  });
}

rmSync(into, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
stage();
pack(staging);
rmSync(staging, { recursive: true });
for (const name of ['contract', 'client']) {
  const folder = join(into, name);
  await build({ ...packageConfig(`packages/${name}`, folder), config: false, logLevel: 'error' });
  pack(folder);
  rmSync(folder, { recursive: true });
}
