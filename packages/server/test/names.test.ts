import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const PLACES = ['packages/*/{src,test}/**/*.{ts,tsx}', 'bench/**/*.ts'];
/** Names that more than one file may export, and why. */
const SHARED_NAMES: Readonly<Record<string, string>> = {
  Component: 'the router loads a page by this name',
};

const DECLARED =
  /^export (?:declare )?(?:abstract |async |default )*(?:function\*?|const|let|class|type|interface|enum) (\w+)/gm;
/** A list of exports that gives one of them another name. */
const RENAMED = /^export (?:type )?\{[^}]*\bas (\w+)[^}]*\}/gm;

/** Lists the names that a file declares and exports. */
const namesOf = (text: string): string[] =>
  [DECLARED, RENAMED].flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));

/** Finds the names that more than one of these files exports, and the files. */
function repeatedNames(texts: Readonly<Record<string, string>>): string[] {
  const exports = Object.entries(texts).flatMap(([file, text]) =>
    [...new Set(namesOf(text))].map((name) => ({ name, file })),
  );
  const byName = [...Map.groupBy(exports, ({ name }) => name)].filter(([, found]) => found.length > 1);
  return byName.map(([name, found]) => `${name}: ${found.map(({ file }) => file).join(', ')}`).toSorted();
}

describe('exported names', () => {
  const files = globSync(PLACES, { cwd: root }).filter((file) => !/\.(test|d)\.tsx?$/.test(file));
  const texts = Object.fromEntries(
    files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')]),
  );
  const repeated = repeatedNames(texts);
  const nameIn = (line: string): string => line.slice(0, line.indexOf(':'));

  it('each stand in one file, so that a word means one thing', () => {
    expect(Object.values(texts).flatMap(namesOf).length).toBeGreaterThan(2_000);
    expect(repeated.filter((line) => !Object.hasOwn(SHARED_NAMES, nameIn(line)))).toEqual([]);
  });

  it('need every exception', () => {
    expect(Object.keys(SHARED_NAMES).filter((name) => !repeated.some((line) => nameIn(line) === name))).toEqual([]);
  });

  it.each([
    'export interface Planted {',
    'export type Planted = string;',
    'export const Planted = 1;',
    'export async function Planted() {}',
    'export abstract class Planted {}',
    'export { other as Planted };',
  ])('would be told of a second %s', (line) => {
    expect(repeatedNames({ 'a.ts': 'export class Planted {}', 'b.ts': line })).toEqual(['Planted: a.ts, b.ts']);
  });
});
