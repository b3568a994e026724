import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'tsdown';

const root = import.meta.dirname;

/** A source file under which a package is imported in this repository, and the name of what is built from it. */
const nameOf = (source: string): string => source.replace(/^\.\/src\//, '').replace(/(\/index)?\.ts$/, '');

/** What a package says of itself. */
interface Manifest {
  name: string;
  version: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  private?: boolean;
  [field: string]: unknown;
}

/** Reads the manifest of a package of this repository. */
export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** What others may import; parts for our own tests, and single files for who wants to load no more, stay here. */
function sourcesOf({ exports = {} }: Manifest): Record<string, string> {
  const isPublished = (source: string): boolean => source.startsWith('./src/') && !source.includes('*');
  return Object.fromEntries(Object.entries(exports).filter(([, source]) => isPublished(source)));
}

/** The manifest as it is published: it names what was built instead of the sources. */
function publishedManifest(manifest: Manifest): Manifest {
  // What is optional only the command line needs, which is published by itself.
  const { private: _private, devDependencies: _tools, optionalDependencies: _ofProgram, ...kept } = manifest;
  const exports = Object.entries(sourcesOf(manifest)).map(([path, source]) => {
    const name = nameOf(source);
    return [path, { types: `./${name}.d.ts`, default: `./${name}.js` }];
  });
  return {
    ...kept,
    ...(exports.length > 0 && { exports: Object.fromEntries(exports) }),
    engines: { node: '>=20.3' },
    files: ['**/*.{js,ts,map}'],
  };
}

/** Puts beside what was built what is published with it. */
function complete(folder: string, outDir: string, manifest: Manifest): void {
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
  copyFileSync(join(root, 'LICENSE'), join(outDir, 'LICENSE'));
  copyFileSync(join(root, folder, 'README.md'), join(outDir, 'README.md'));
}

/** Builds a package of this repository into the folder that is published. */
export function packageConfig(folder: string, outDir = join(root, folder, 'dist')): UserConfig {
  const manifest = readManifest(folder);
  const sources = Object.values(sourcesOf(manifest));
  return {
    cwd: join(root, folder),
    entry: Object.fromEntries(sources.map((source) => [nameOf(source), source])),
    outDir,
    platform: 'neutral',
    target: 'es2023',
    sourcemap: true,
    // What little of the contract runs in a client becomes part of it; its types stay the contract's.
    deps: { alwaysBundle: [/^@opentopup\//], dts: { alwaysBundle: [], neverBundle: [/^@opentopup\//] } },
    dts: true,
    hooks: { 'build:done': () => complete(folder, outDir, manifest) },
  };
}

/** The libraries that are published. */
export default defineConfig([packageConfig('packages/contract'), packageConfig('packages/client')]);
