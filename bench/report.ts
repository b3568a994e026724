import { align } from './align.ts';
import type { Figure, Measured } from './figure.ts';
import type { Machine } from './machine.ts';
import { median, summaryOf } from './ratio.ts';
import type { SideReading } from './reading.ts';

/** What became of one figure. */
export type FigureOutcome = { figure: Figure } & ({ measured: Measured } | { skipped: string } | { failed: string });

/** Gives the medians of what a side did. */
function middleOf(readings: readonly SideReading[]): SideReading {
  const names = Object.keys(readings[0] ?? {}) as (keyof SideReading)[];
  return Object.fromEntries(names.map((name) => [name, median(readings.map((reading) => reading[name] ?? 0))]));
}

/** Judges a figure. `must`: not even that is reached. */
function verdictOf({ better, must, aim }: Figure, value: number): string {
  const reaches = (mark: number): boolean => (better === 'higher' ? value >= mark : value <= mark);
  if (reaches(aim)) return 'reaches the aim';
  return reaches(must) ? 'reaches what it must' : 'MISSES WHAT IT MUST';
}

const plain = (value: number): string => {
  if (value >= 100) return String(Math.round(value));
  return value.toPrecision(3);
};
const shown = (value: number | undefined): string => (value === undefined ? '–' : plain(value));
const percent = (share: number | undefined): string => (share === undefined ? '–' : `${Math.round(share * 100)} %`);

function ratioRow({ figure, ...came }: FigureOutcome): string[] {
  const { name, unit, must, aim } = figure;
  const marks = [`${must} ${unit}`, `${aim} ${unit}`];
  if ('skipped' in came) return [name, '–', '–', ...marks, '–', `skipped: ${came.skipped}`];
  if ('failed' in came) return [name, '–', '–', ...marks, '–', `FAILED: ${came.failed.split(/\r?\n/, 1)[0]}`];
  const { values, cpu } = came.measured;
  const { median: value, spread } = summaryOf(values);
  const between = `${plain(spread[0])} … ${plain(spread[1])}`;
  return [
    name,
    `${plain(value)} ${unit}`,
    between,
    ...marks,
    cpu ? `${plain(median(cpu))} x` : '–',
    verdictOf(figure, value),
  ];
}

function sideRows(outcome: FigureOutcome): string[][] {
  if (!('measured' in outcome)) return [];
  return Object.entries(outcome.measured.sides).map(([side, readings]) => {
    const of = middleOf(readings);
    return [
      outcome.figure.name,
      side,
      shown(of.rate),
      shown(of.p50_ms),
      shown(of.p99_ms),
      shown(of.server_us),
      shown(of.database_us),
      percent(of.generator_share),
      percent(of.others_share),
    ];
  });
}

/** Gives the figures for people. */
export function tables(outcomes: readonly FigureOutcome[]): string {
  const figures = align(['figure', 'median', 'spread', 'must', 'aim', 'in CPU', ''], outcomes.map(ratioRow), 1);
  const columns = ['figure', 'side', '/s', 'p50 ms', 'p99 ms', 'µs server', 'µs database', 'generator', 'others'];
  const sides = align(columns, outcomes.flatMap(sideRows), 2);
  return `${figures}\n\n${sides}\n`;
}

/** Gives the figures for programs. */
export function jsonReport(machine: Machine, outcomes: readonly FigureOutcome[]): string {
  const figures = outcomes.flatMap((outcome) => {
    if (!('measured' in outcome)) return [];
    const { name, what, unit, better, must, aim } = outcome.figure;
    const { values, cpu, sides } = outcome.measured;
    const { median: ratio, spread } = summaryOf(values);
    const medians = Object.fromEntries(Object.entries(sides).map(([side, readings]) => [side, middleOf(readings)]));
    return [{ name, ratio, spread, must, aim, what, unit, better, values, cpu, sides: medians }];
  });
  const why = (of: 'skipped' | 'failed') =>
    outcomes.flatMap((outcome) =>
      of in outcome ? [{ name: outcome.figure.name, why: Reflect.get(outcome, of) }] : [],
    );
  return `${JSON.stringify({ machine, figures, skipped: why('skipped'), failed: why('failed') }, null, 2)}\n`;
}
