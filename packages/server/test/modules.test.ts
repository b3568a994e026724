import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCEPTIONS, MODULES, OF_TESTS, PACKAGES, RULES, RULES_OF_TESTS } from './modules.ts';

const root = join(import.meta.dirname, '../../..');
const SRC = 'packages/server/src/';
const PLACES = ['packages/*/{src,test}/**/*.{ts,tsx}', 'bench/**/*.ts'];
/** How many files a folder may have; a file's own bounds are in .oxlintrc.json. */
const FILES_IN_FOLDER = 40;

/** An import: of a file of ours by its path, of anything else by its name. */
interface Arrow {
  from: string;
  to: string;
  isType: boolean;
}

/** What a file imports, types and what is loaded later among it. */
function arrowsOf(from: string, text: string): Arrow[] {
  const imports = /^(?:(?:import|export)\b([^'"`;=]*?)\sfrom|import) '([^'\n]+)';$|\bimport\('([^'\n]+)'\)/gm;
  return [...text.matchAll(imports)].map(([, clause = '', name = '', later = name]) => {
    const named = /\{([^}]*)\}/
      .exec(clause)?.[1]
      ?.split(',')
      .filter((each) => each.trim() !== '');
    const isType = /^\s+type\b/.test(clause) || (named?.every((each) => each.trim().startsWith('type ')) ?? false);
    return { from, to: later.startsWith('.') ? posix.join(posix.dirname(from), later) : later, isType };
  });
}

const isTest = (file: string): boolean => /\.test\.tsx?$|\/test\//.test(file);
const placeOf = (path: string): number => MODULES.indexOf((path.split('/')[0] as string).replace(/\.ts$/, ''));

/** True where a file of the server imports against the order of modules. */
function isAgainstOrder({ from, to, isType }: Arrow): boolean {
  if (!from.startsWith(SRC) || !to.startsWith(SRC)) return false;
  const [file, imported] = [from.slice(SRC.length), to.slice(SRC.length)];
  const exception = EXCEPTIONS[file];
  if (exception?.imports.includes(imported)) return exception.onlyTypes === true && !isType;
  return placeOf(file) < 0 || placeOf(imported) < 0 || placeOf(imported) > placeOf(file);
}

/** True where a package imports another one that it may not, or not by its name. */
function isForeign({ from, to }: Arrow): boolean {
  const folders = Object.keys(PACKAGES).filter((folder) => from.startsWith(folder));
  const longest = folders.toSorted((a, b) => b.length - a.length)[0] ?? '';
  const [, ours] = /^@opentopup\/([^/]+)/.exec(to) ?? [];
  if (ours) return !(isTest(from) ? OF_TESTS : PACKAGES[longest])?.includes(ours);
  return /^(packages|bench)\//.test(to) && !from.startsWith('bench/') && !to.startsWith(folders[0] ?? '?');
}

/** What is wrong with an import. */
function faultsOf(arrow: Arrow): string[] {
  const { from, to, isType } = arrow;
  const rules = isTest(from) || from.startsWith('bench/') ? RULES_OF_TESTS : RULES;
  const broken = rules.filter(({ forbids, butTypes }) => forbids.test(`${from} > ${to}`) && !(butTypes && isType));
  const faults = broken.map(({ because }) => because);
  if (!isTest(from) && isAgainstOrder(arrow)) faults.push('it stands later in the order of modules');
  if (isForeign(arrow)) faults.push('packages import each other as the table says, by their names');
  return faults.map((fault) => `${from} > ${to}: ${fault}`);
}

/** A circle of files that import each other, types among it; null where there is none. */
function circleIn(arrows: readonly Arrow[]): string | null {
  const imports = Map.groupBy(arrows, ({ from }) => from);
  const done = new Set<string>();
  const visit = (file: string, way: string[]): string | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file].join(' > ');
    if (done.has(file)) return null;
    done.add(file);
    return (imports.get(file) ?? []).reduce<string | null>((found, { to }) => found ?? visit(to, [...way, file]), null);
  };
  return [...imports.keys()].reduce<string | null>((found, file) => found ?? visit(file, []), null);
}

const files = globSync(PLACES, { cwd: root }).map((file) => file.replaceAll('\\', '/'));

/** Lists the folders that hold more files than one may. */
function crowded(paths: readonly string[]): string[] {
  const folders = Map.groupBy(paths, (path) => posix.dirname(path));
  return [...folders].flatMap(([folder, held]) => (held.length > FILES_IN_FOLDER ? [folder] : []));
}

describe('a folder', () => {
  it(`has ${FILES_IN_FOLDER} files at most`, () => {
    expect(crowded(files)).toEqual([]);
  });

  it('would be told of with one more', () => {
    const planted = Array.from({ length: FILES_IN_FOLDER + 1 }, (_, i) => `packages/x/src/${i}.ts`);
    expect(crowded(planted)).toEqual(['packages/x/src']);
    expect(crowded(planted.slice(1))).toEqual([]);
  });
});

describe('the imports', () => {
  const arrows = files.flatMap((file) => arrowsOf(file, readFileSync(join(root, file), 'utf8')));

  it('keep the order of modules and the rules of layers and packages, and make no circle', () => {
    expect(arrows.length).toBeGreaterThan(2_000);
    expect(arrows.flatMap(faultsOf)).toEqual([]);
    expect(circleIn(arrows)).toBeNull();
  });

  it('need every exception', () => {
    const all = new Set(arrows.map(({ from, to }) => `${from} > ${to}`));
    const listed = Object.entries(EXCEPTIONS).flatMap(([file, { imports }]) => imports.map((to) => [file, to]));
    expect(listed.filter(([file, to]) => !all.has(`${SRC}${file} > ${SRC}${to}`))).toEqual([]);
  });

  it.each<readonly [string, string]>([
    ...[...RULES, ...RULES_OF_TESTS].map(({ broken }) => broken),
    [`${SRC}stock/x.ts`, `import type { X } from '../webhooks/x.ts';`],
    [`${SRC}stock/x.ts`, `const { x } = await import('../webhooks/x.ts');`],
    [`${SRC}context.ts`, `import { createStore } from './sales/store.ts';`],
    [`${SRC}unheard-of/x.ts`, `export * from '../values/x.ts';`],
    [`${SRC}stock/x.ts`, `import { Operator } from '@opentopup/client';`],
    ['packages/client/src/x.ts', `export * from '../../contract/src/reasons.ts';`],
  ])('would be told of in %s: %s', (file, line) => {
    expect(arrowsOf(file, line).flatMap(faultsOf)).toHaveLength(1);
  });

  it('would be told of a circle, of types too', () => {
    const planted = arrowsOf('packages/a.ts', `import './b.ts';`);
    const back = arrowsOf('packages/b.ts', `export type * from './a.ts';`);
    expect(circleIn([...planted, ...back])).toBe('packages/a.ts > packages/b.ts > packages/a.ts');
  });
});
