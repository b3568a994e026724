import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EVENT_TYPES, OPERATIONS, OPERATOR_EVENT_TYPES, REASONS } from '@opentopup/contract';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../src/config.ts';
import { planDemo } from '../src/flows/make-demo.ts';
import { SIM_ENDINGS } from '../src/suppliers/simulator/life.ts';
import { SCENARIOS } from '../src/suppliers/simulator/scenarios.ts';
import { SETTINGS as SIMULATOR_SETTINGS } from '../src/suppliers/simulator/settings.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/errors.md',
  'docs/accounts.md',
  'docs/webhooks.md',
  'docs/forecast.md',
  'bench/README.md',
];

/** A document without its code blocks: what stands in those is no table and no link. */
const proseOf = (file: string): string => read(file).replaceAll(/^```[\s\S]*?^```$/gm, '');

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

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

describe('the README', () => {
  it('lists the settings that there are, with their defaults and meanings', () => {
    const settings = Object.entries(SETTINGS.properties).map(([name, schema]) => {
      const { default: value, description } = schema as { default?: string | number; description?: string };
      return [`\`${name}\``, value === undefined ? '–' : `\`${value}\``, description];
    });
    expect(rowsOf('README.md', 'name')).toEqual(settings);
  });

  it('lists the operations that there are', () => {
    const listed = rowsOf('README.md', 'method').map(([method, path]) => `${bare(method)} ${bare(path)}`);
    const served = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect(listed.toSorted()).toEqual(served.toSorted());
  });

  it('lists the numbers of the simulator, and what each is answered', () => {
    const answers = Object.entries(SCENARIOS).map(([digits, { what, outcome }]) => {
      if (outcome.outcome === 'ko') return [digits, what, `400 ${outcome.reason}`];
      return [digits, what, outcome.outcome === 'ok' ? '201 ok' : '201 pending'];
    });
    const listed = rowsOf('README.md', 'last digits').map((row) => row.map(bare));
    expect(listed).toEqual([...answers, ['any other', 'success', '201 ok']]);
  });

  it('lists the SIMs of the simulator, and how each stands', () => {
    const refused: Record<string, string> = { sim_unknown: '404 sim_unknown', supplier_silent: '503 supplier_silent' };
    const answers = Object.entries(SIM_ENDINGS).map(([digits, state]) => [digits, refused[state] ?? state]);
    const listed = rowsOf('README.md', 'SIM ends in').map((row) => row.map(bare));
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries([...answers, ['any other', 'available']]));
  });

  it('lists the settings of a simulated supplier', () => {
    const settings = Object.entries(SIMULATOR_SETTINGS.properties).map(([name, schema]) => {
      const { description } = schema as { description?: string };
      return [name, description];
    });
    const listed = rowsOf('README.md', 'setting').map(([name, , meaning]) => [bare(name), meaning]);
    expect(listed).toEqual(settings);
  });

  it('lists the kinds of offers of the demo', () => {
    expect(rowsOf('README.md', 'kind').map(([kind]) => bare(kind))).toEqual(planDemo().offers.map(({ kind }) => kind));
  });
});

describe('docs/errors.md', () => {
  it('lists every reason, and no other, with its status, code and whether it is retryable', () => {
    const reasons = Object.entries(REASONS).map(([reason, { status, code, retryable }]) => [
      `\`${reason}\``,
      String(status),
      String(code),
      retryable ? 'yes' : 'no',
    ]);
    const rows = rowsOf('docs/errors.md', 'reason');
    expect(rows.map((row) => row.slice(0, 4))).toEqual(reasons);
    expect(rows.filter(([, , , , when]) => !when)).toEqual([]);
  });
});

describe('docs/webhooks.md', () => {
  it('lists the types of events that there are', () => {
    expect(rowsOf('docs/webhooks.md', 'type').map(([type]) => bare(type))).toEqual(EVENT_TYPES);
    const ofOperator = rowsOf('docs/webhooks.md', 'type for the operator').map(([type]) => bare(type));
    expect(ofOperator).toEqual(OPERATOR_EVENT_TYPES);
  });

  it('says when events are sent again', () => {
    const { default: schedule } = SETTINGS.properties.WEBHOOK_RETRY_SCHEDULE_S as { default?: string };
    const hours = [2, 5, 10, 14, 20, 24].map((hour) => hour * 3_600);
    expect(schedule?.split(',').map(Number)).toEqual([5, 300, 1_800, ...hours]);
    expect(read('docs/webhooks.md')).toContain('5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours');
  });
});

describe('ARCHITECTURE.md', () => {
  it('says of every dependency why it is there, and of no other', () => {
    const folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/`);
    const dependencies = ['', ...folders].flatMap((folder) => {
      const manifest = JSON.parse(read(`${folder}package.json`)) as Record<string, Record<string, string> | undefined>;
      const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
      return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    });
    const rows = rowsOf('ARCHITECTURE.md', 'dependency');
    expect(rows.map(([name]) => bare(name)).toSorted()).toEqual([...new Set(dependencies)].toSorted());
    expect(rows.filter(([, why]) => !why)).toEqual([]);
  });

  it('says of at least a dozen changes where to look', () => {
    const rows = rowsOf('ARCHITECTURE.md', 'change');
    expect(rows.length).toBeGreaterThanOrEqual(12);
    expect(rows.filter(([, places]) => !places?.includes('`'))).toEqual([]);
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  it('names no file or folder that is not there', () => {
    const prose = proseOf(file);
    const links = [...prose.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, link]) =>
      join(dirname(file), link as string),
    );
    // In tables whatever looks like a path has to be one; elsewhere what begins like one of ours, also in a command.
    const tables = prose.split('\n').filter((line) => line.startsWith('|'));
    const inTables = codeIn(tables.join('\n')).filter(
      (code) =>
        /^[\w.][\w.-]*(\/[\w.-]+)+$|^[\w.-]+\.(md|json|js|ts|sql)$/.test(code) && !/^(\.|application)\//.test(code),
    );
    const elsewhere = codeIn(prose).flatMap((code) =>
      code.split(' ').filter((word) => /^(packages|docs|bench|\.ci)\//.test(word)),
    );
    const named = new Set([...links, ...inTables, ...elsewhere]);
    expect([...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
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
