import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OPERATIONS, REASONS } from '@opentopup/contract';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config.ts';
import { cellsOf, fillIn, REFERENCE_PAGES } from './reference.ts';

const root = join(import.meta.dirname, '../../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'bench/*.md', 'packages/*/README.md'], { cwd: root }).toSorted();

/** A document without its code blocks: what stands in those is no table and no link. */
const proseOf = (file: string): string => read(file).replaceAll(/^```[\s\S]*?^```$/gm, '');

/** The rows of the tables whose first column has this title, cell by cell. */
function rowsOf(file: string, firstColumn: string): string[][] {
  const tables = proseOf(file).match(/^\|.*\n\|[-|]+\|\n(?:\|.*\n)*/gm) ?? [];
  const rows = tables
    .map((table) => table.trimEnd().split('\n').map(cellsOf))
    .filter(([titles]) => titles?.[0] === firstColumn)
    .flatMap((lines) => lines.slice(2));
  expect(rows, `the tables of ${file} that begin with "${firstColumn}"`).not.toEqual([]);
  return rows;
}

/** What stands between backticks in a text. */
const codeIn = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code as string);
const bare = (cell: string | undefined): string => cell?.replaceAll('`', '') ?? '';

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (file: string): string[] =>
  [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Where the relative links of a document lead: files, with their anchors. */
const linksOf = (file: string): { target: string; anchor: string | undefined }[] =>
  [...proseOf(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => {
    const [path, anchor] = link.split('#');
    return { target: path ? join(dirname(file), path) : file, anchor };
  });

describe('the documents', () => {
  it.each(REFERENCE_PAGES)('have in %s what the code says: `npm run docs` renews it', (page) => {
    expect(read(page)).toBe(fillIn(read(page)));
    const rows = proseOf(page)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => cellsOf(row).includes(''))).toEqual([]);
  });

  it('list every reason once, in its order, and every operation', () => {
    expect(rowsOf('docs/reference/errors.md', 'reason').map(([reason]) => bare(reason))).toEqual(Object.keys(REASONS));
    const listed = rowsOf('docs/reference/operations.md', 'method').map((row) => row.slice(0, 2).map(bare).join(' '));
    expect(listed.toSorted()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it('say when events are sent again', () => {
    const { default: schedule } = SETTINGS.properties.WEBHOOK_RETRY_SCHEDULE_S as { default?: string };
    const hours = [2, 5, 10, 14, 20, 24].map((hour) => hour * 3_600);
    expect(schedule?.split(',').map(Number)).toEqual([5, 300, 1_800, ...hours]);
    expect(read('docs/guide/webhooks.md')).toContain('5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours');
  });

  it('say of every dependency why it is there, and of no other', () => {
    const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/`);
    const dependencies = ['', ...folders].flatMap((folder) => {
      const manifest = JSON.parse(read(`${folder}package.json`)) as Record<string, Record<string, string> | undefined>;
      const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
      return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    });
    const rows = rowsOf('docs/internals/dependencies.md', 'dependency');
    expect(rows.map(([name]) => bare(name)).toSorted()).toEqual([...new Set(dependencies)].toSorted());
    expect(rows.filter(([, why]) => !why)).toEqual([]);
  });

  it('say of at least a dozen changes where to look', () => {
    const rows = rowsOf('ARCHITECTURE.md', 'change');
    expect(rows.length).toBeGreaterThanOrEqual(12);
    expect(rows.filter(([, places]) => !places?.includes('`'))).toEqual([]);
  });

  it('are short where everybody begins: 150 lines of README, 250 of ARCHITECTURE.md', () => {
    expect(read('README.md').split('\n').length - 1).toBeLessThanOrEqual(150);
    expect(read('ARCHITECTURE.md').split('\n').length - 1).toBeLessThanOrEqual(250);
  });

  it('are all listed in docs/index.md or ARCHITECTURE.md', () => {
    const listed = new Set(['docs/index.md', 'ARCHITECTURE.md'].flatMap(linksOf).map(({ target }) => target));
    const pages = DOCUMENTS.filter((file) => file.startsWith('docs/') && file !== 'docs/index.md');
    expect(pages.filter((page) => !listed.has(page))).toEqual([]);
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  it('names no file or folder that is not there', () => {
    const prose = proseOf(file);
    // In tables whatever looks like a path has to be one; elsewhere what begins like one of ours, also in a command.
    const tables = prose.split('\n').filter((line) => line.startsWith('|'));
    const inTables = codeIn(tables.join('\n')).filter(
      (code) =>
        /^[\w.][\w.-]*(\/[\w.-]+)+$|^[\w.-]+\.(md|json|js|ts|sql)$/.test(code) && !/^(\.|application)\//.test(code),
    );
    const elsewhere = codeIn(prose).flatMap((code) =>
      code.split(' ').filter((word) => /^(packages|docs|bench|\.ci)\//.test(word)),
    );
    const named = new Set([...inTables, ...elsewhere]);
    expect([...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('has links that lead somewhere', () => {
    const broken = linksOf(file).filter(({ target, anchor }) => {
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('has tables whose rows are as wide as their heads', () => {
    const lines = proseOf(file).split('\n');
    const ragged = lines.filter((line, i) => {
      const above = lines[i - 1] ?? '';
      return line.startsWith('|') && above.startsWith('|') && cellsOf(line).length !== cellsOf(above).length;
    });
    expect(ragged).toEqual([]);
  });
});
