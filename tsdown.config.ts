import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, defineConfig, type UserConfig } from 'tsdown';

const root = import.meta.dirname;

/** A source file under which a package is imported in this repository, and the name of what is built from it. */
const nameOf = (source: string): string => source.replace(/^\.\/src\//, '').replace(/(\/index)?\.ts$/, '');

interface Manifest {
  name: string;
  exports: Record<string, string>;
  /** What its own program imports, and nobody else. */
  imports?: Record<string, string>;
  bin?: Record<string, string>;
  private?: boolean;
  [field: string]: unknown;
}

/** What others may import; parts for our own tests, and single files for who wants to load no more, stay here. */
function sourcesOf({ exports }: Manifest): Record<string, string> {
  const isPublished = (source: string): boolean => source.startsWith('./src/') && !source.includes('*');
  return Object.fromEntries(Object.entries(exports).filter(([, source]) => isPublished(source)));
}

/** The manifest as it is published: it names what was built instead of the sources. */
function publishedManifest(manifest: Manifest): Manifest {
  const { private: _private, devDependencies: _tools, imports = {}, ...kept } = manifest;
  const own = Object.entries(imports).map(([path, source]) => [path, `./${nameOf(source)}.js`]);
  const exports = Object.entries(sourcesOf(manifest)).map(([path, source]) => {
    const name = nameOf(source);
    return [path, { types: `./${name}.d.ts`, default: `./${name}.js` }];
  });
  return {
    ...kept,
    exports: Object.fromEntries(exports),
    ...(own.length > 0 && { imports: Object.fromEntries(own) }),
    engines: { node: '>=20.3' },
    files: ['**/*.{js,ts,map}'],
  };
}

/** Builds the program of a package, where it has one: by itself, so that what others import has nothing of it. */
async function buildProgram({ bin, imports = {} }: Manifest, cwd: string, outDir: string): Promise<void> {
  if (!bin) return;
  cpSync(join(cwd, 'bin'), join(outDir, 'bin'), { recursive: true });
  await build({
    config: false,
    cwd,
    entry: Object.fromEntries(Object.values(imports).map((source) => [nameOf(source), source])),
    outDir,
    clean: false,
    platform: 'node',
    fixedExtension: false,
    target: 'node24',
    dts: false,
    deps: { alwaysBundle: [/^@opentopup\//] },
    logLevel: 'error',
  });
}

/** Builds a package of this repository into the folder that is published. */
export function packageConfig(folder: string, outDir = join(root, folder, 'dist')): UserConfig {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
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
    hooks: {
      'build:done': async () => {
        await buildProgram(manifest, join(root, folder), outDir);
        writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
        copyFileSync(join(root, 'LICENSE'), join(outDir, 'LICENSE'));
        copyFileSync(join(root, folder, 'README.md'), join(outDir, 'README.md'));
      },
    },
  };
}

/** The packages that are published. */
export default defineConfig([packageConfig('packages/contract'), packageConfig('packages/client')]);
