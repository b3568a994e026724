import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { accessEnglish } from '../src/language/access-en.ts';
import { accessFrench } from '../src/language/access-fr.ts';
import { booksEnglish } from '../src/language/books-en.ts';
import { booksFrench } from '../src/language/books-fr.ts';
import { consoleEnglish } from '../src/language/en.ts';
import { consoleFrench } from '../src/language/fr.ts';
import { officeEnglish } from '../src/language/office-en.ts';
import { officeFrench } from '../src/language/office-fr.ts';

const source = join(import.meta.dirname, '../src');
/** Attributes that people read or hear. */
const SAID = new Set(['label', 'title', 'hint', 'placeholder', 'alt', 'aria-label', 'error']);
const HAS_WORDS = /\p{L}{2,}/u;

interface Node {
  type: string;
  [field: string]: unknown;
}

/** Words that stand in the source of a page instead of in the catalogue. */
function wordsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, name, ...rest } = node as Node & { name?: { name?: string } };
  if (type === 'JSXText') return HAS_WORDS.test(String(value)) ? [String(value).trim()] : [];
  if (type === 'JSXAttribute') {
    const text = (value as { value?: unknown } | null)?.value;
    if (SAID.has(String(name?.name)) && typeof text === 'string' && HAS_WORDS.test(text)) return [text];
  }
  return [value, ...Object.values(rest)].flatMap(wordsIn);
}

/** Every message with its place, functions included. */
const entries = (messages: object, path = ''): [string, unknown][] =>
  Object.entries(messages).flatMap(([name, value]) =>
    typeof value === 'object' ? entries(value, `${path}${name}.`) : [[path + name, value] as [string, unknown]],
  );

describe('what the console says', () => {
  const files = globSync('**/*.tsx', { cwd: source });

  it.each(files)('stands in the catalogues: none of it in %s', (file) => {
    expect(wordsIn(parseAst(readFileSync(join(source, file), 'utf8'), { lang: 'tsx' }))).toEqual([]);
  });

  it('would be found there', () => {
    expect(wordsIn(parseAst('<p title="Two words">Hello</p>', { lang: 'tsx' }))).toEqual(['Two words', 'Hello']);
  });

  it.each([
    ['m', consoleFrench, consoleEnglish],
    ['b', booksFrench, booksEnglish],
    ['o', officeFrench, officeEnglish],
    ['a', accessFrench, accessEnglish],
  ])('is complete in both languages, and every message is used: %s', (called, french, english) => {
    const names = entries(french).map(([name]) => name);
    expect(entries(english).map(([name]) => name)).toEqual(names);
    const code = globSync('**/*.{ts,tsx}', { cwd: source }).map((file) => readFileSync(join(source, file), 'utf8'));
    const all = code.join('\n');
    const groupOf = (name: string): string => [called, ...name.split('.').slice(0, -1)].join('.');
    const isUsed = (name: string): boolean => all.includes(`${called}.${name}`) || all.includes(`${groupOf(name)}[`);
    expect(names.filter((name) => !isUsed(name))).toEqual([]);
  });
});
