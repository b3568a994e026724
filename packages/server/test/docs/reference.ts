import {
  type CallerRole,
  Event,
  OPERATIONS,
  type Operation,
  OperatorEvent,
  REASONS,
  type Reason,
  type Role,
  TAGS,
} from '@opentopup/contract';
import type { TSchema } from 'typebox';
import { planDemo } from '../../src/app/make-demo.ts';
import { SETTINGS } from '../../src/config.ts';
import { SIM_ENDINGS } from '../../src/connectors/simulator/life.ts';
import { SCENARIOS } from '../../src/connectors/simulator/scenarios.ts';
import { SIMULATOR_SETTINGS } from '../../src/connectors/simulator/settings.ts';

/** What stands in a table: text that the code knows, or null for what is written by hand and stays. */
type Cell = string | null;

const code = (text: string | number): string => `\`${text}\``;

/** Splits a row of a table into its cells. */
export const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Gives the rows of a table by their first cells. */
const rowsByKey = (table: string): Map<string, string[]> =>
  new Map(
    table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => [cellsOf(line)[0] ?? '', cellsOf(line)]),
  );

/** Writes a table; what is written by hand is taken from the table as it was. */
function tableOf(titles: readonly string[], rows: readonly Cell[][], before = ''): string {
  const kept = rowsByKey(before);
  const filled = rows.map((row) => row.map((cell, i) => cell ?? kept.get(row[0] ?? '')?.[i] ?? ''));
  return [titles, titles.map(() => '---'), ...filled]
    .map((cells, i) => (i === 1 ? `|${cells.join('|')}|\n` : `| ${cells.join(' | ')} |\n`))
    .join('');
}

interface Described {
  default?: unknown;
  description?: string;
}
const described = ({ properties }: { properties: Record<string, TSchema> }): [string, Described][] =>
  Object.entries(properties);

function settings(): string {
  const rows = described(SETTINGS).map(([name, { default: value, description = '' }]) => [
    code(name),
    value === undefined ? '–' : code(value as string | number),
    description,
  ]);
  return tableOf(['name', 'default', 'meaning'], rows);
}

function simulatorNumbers(): string {
  const rows = Object.entries(SCENARIOS).map(([digits, { what, outcome }]) => {
    if (outcome.outcome === 'ko') return [code(digits), what, `${code(400)} ${code(outcome.reason)}`];
    return [code(digits), what, `${code(201)} ${code(outcome.outcome === 'ok' ? 'ok' : 'pending')}`];
  });
  return tableOf(
    ['last digits', 'what happens', 'answer'],
    [...rows, ['any other', 'success', `${code(201)} ${code('ok')}`]],
  );
}

function simulatorSims(): string {
  const rows = Object.entries(SIM_ENDINGS)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([digits, state]) => {
      const isRefused = state === 'sim_unknown' || state === 'supplier_silent';
      return [code(digits), isRefused ? `${code(REASONS[state].status)} ${code(state)}` : code(state)];
    });
  return tableOf(['SIM ends in', 'how it stands'], [...rows, ['any other', code('available')]]);
}

function simulatorSettings(before: string): string {
  const rows = described(SIMULATOR_SETTINGS).map(([name, { description = '' }]) => [code(name), null, description]);
  return tableOf(['setting', 'default', 'meaning'], rows, before);
}

function demoOffers(before: string): string {
  const rows = planDemo().offers.map(({ kind, name }) => [code(kind), name, null]);
  return tableOf(['kind', 'name', 'what it is for'], rows, before);
}

function events(schema: unknown, title: string, before: string): string {
  const { anyOf } = schema as { anyOf: { description: string; properties: { type: { const: string } } }[] };
  const rows = anyOf.map(({ description, properties }) => [code(properties.type.const), description, null]);
  return tableOf([title, 'when', '`data`'], rows, before);
}

const DISTRIBUTORS: readonly Role[] = ['distributor_admin', 'seller', 'viewer'];
const OPERATORS: readonly Role[] = ['operator_admin', 'operator_support'];
const AGENTS: readonly CallerRole[] = ['agent'];

/** Says who may call an operation: roles, or all of those of a business. */
function callers({ access, roles = [] }: Operation): string {
  if (access === 'public') return 'everybody';
  if (access === 'client' || access === 'supplier') return `a ${access}`;
  const groups = [
    { all: DISTRIBUTORS, name: 'distributor' },
    { all: OPERATORS, name: 'operator' },
    { all: AGENTS, name: 'agent' },
  ];
  return groups
    .flatMap(({ all, name }) => {
      const some = all.filter((role) => roles.includes(role));
      return some.length === all.length ? [name] : some.map(code);
    })
    .join(', ');
}

/** Lists the query parameters of an operation, and the fields of its body. */
function inputs({ query, body }: Operation): string {
  const names = Object.keys(query?.properties ?? {}).map(code);
  const { properties = {}, required = [] } = (body ?? {}) as { properties?: object; required?: string[] };
  const fields = Object.keys(properties).map((name) => (required.includes(name) ? code(name) : `${code(name)}?`));
  return [names.length > 0 ? ` (${names.join(', ')})` : '', fields.length > 0 ? `; body: ${fields.join(', ')}` : '']
    .filter(Boolean)
    .join('');
}

function operations(): string {
  const groups = Object.entries(TAGS).map(([tag, about]) => {
    const ours = OPERATIONS.filter((each) => each.tag === tag);
    const rows = ours.map((each) => [each.method, code(each.path), `${each.summary}${inputs(each)}`, callers(each)]);
    const notes = ours
      .filter(({ description }) => description)
      .map(({ method, path, description }) => `- ${code(`${method} ${path}`)}: ${description}\n`);
    const table = tableOf(['method', 'path', 'what', 'who'], rows);
    return `\n## ${tag}\n\n${about}\n\n${table}${notes.length > 0 ? `\n${notes.join('')}` : ''}`;
  });
  return `${groups.join('')}\n`;
}

/** Writes the table of some reasons; what each means stays. */
function reasons(names: readonly Reason[], before: string): string {
  const rows = names.map((name) => {
    const { status, code: number, retryable } = REASONS[name];
    return [code(name), String(status), String(number), retryable ? 'yes' : 'no', null];
  });
  return tableOf(['reason', 'HTTP status', 'code', 'retryable', 'when'], rows, before);
}

/** Shares out all reasons among the tables that there are. A new one goes where the one before it stands. */
function shareOut(tables: readonly string[]): Reason[][] {
  const found = tables.map(rowsByKey);
  const shares: Reason[][] = tables.map(() => []);
  let place = 0;
  for (const name of Object.keys(REASONS) as Reason[]) {
    const own = found.findIndex((rows) => rows.has(code(name)));
    if (own >= 0) place = own;
    shares[place]?.push(name);
  }
  return shares;
}

const PARTS: Record<string, (before: string) => string> = {
  settings,
  operations,
  events: (before) => events(Event, 'type', before),
  'events for the operator': (before) => events(OperatorEvent, 'type for the operator', before),
  'simulator numbers': simulatorNumbers,
  'simulator SIMs': simulatorSims,
  'simulator settings': simulatorSettings,
  'demo offers': demoOffers,
};

const PART = /(<!-- npm run docs: (.+) -->\n)([\s\S]*?)(<!-- end -->\n)/g;

/** Fills in the parts of a page that are made from the code, as they are now. The rest of the page stays. */
export function fillIn(page: string): string {
  const tables = [...page.matchAll(PART)].filter(([, , name]) => name === 'reasons').map(([, , , table = '']) => table);
  const shares = shareOut(tables);
  return page.replaceAll(PART, (_, begin: string, name: string, before: string, end: string) => {
    const make = name === 'reasons' ? (table: string) => reasons(shares.shift() ?? [], table) : PARTS[name];
    if (!make) throw new Error(`there is no part "${name}"`);
    return `${begin}${make(before)}${end}`;
  });
}

/** The pages that have such parts. */
export const REFERENCE_PAGES = ['errors', 'events', 'operations', 'settings', 'simulator'].map(
  (name) => `docs/reference/${name}.md`,
);
