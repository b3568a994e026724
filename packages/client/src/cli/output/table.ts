import type { Locale } from '../locale.ts';
import { type Column, type Kind, shownCell } from './column.ts';
import { cut, pad, widthOf } from './text.ts';

/** Texts are cut to this, so that the other columns stay beside; to less only where nothing else is left beside. */
const READABLE = 24;
const NARROWEST = 10;
const GAP = 2;
/** Between what stands below. */
const DOT = ' · ';
const INDENT = '  ';

/** Paints a cell or a title. */
export type Paint = (text: string, as: 'title' | Kind, value?: unknown) => string;

/** Where the columns of a table stand, for the width of a terminal. */
export interface Layout<T> {
  columns: { column: Column<T>; width: number }[];
  /** Those that have no room beside the others: they stand below, ids on lines of their own. */
  below: Column<T>[];
  /** Of the terminal. */
  width: number;
}

const alignOf = ({ kind }: { kind: Kind }): 'left' | 'right' =>
  kind === 'count' || kind === 'money' ? 'right' : 'left';

/**
 * Finds room for the columns: first ids go below, then texts are cut, then the last columns go below too.
 * @param rows a sample, by which the widths are chosen
 */
export function layOut<T>(columns: Column<T>[], rows: readonly T[], width: number, locale: Locale): Layout<T> {
  const all = columns.map((column) => ({
    column,
    width: Math.max(
      column.room ?? 0,
      widthOf(locale.t.titles[column.name]),
      ...rows.map((row) => widthOf(shownCell(column, row, locale))),
    ),
  }));
  const isId = ({ column }: { column: Column<T> }): boolean => column.kind === 'id';
  const needed = (some: typeof all): number => some.reduce((sum, each) => sum + each.width + GAP, -GAP);
  if (needed(all) <= width || all.every(isId)) return { columns: all, below: [], width };
  const beside = all.filter((each) => !isId(each));
  const cutTo = (least: number): void => {
    let excess = needed(beside) - width;
    for (const each of beside.toSorted((a, b) => b.width - a.width)) {
      if (excess <= 0 || !['text', 'words'].includes(each.column.kind)) continue;
      const less = Math.min(excess, Math.max(0, each.width - least));
      each.width -= less;
      excess -= less;
    }
  };
  cutTo(READABLE);
  while (beside.length > 1 && needed(beside) > width) beside.pop();
  cutTo(NARROWEST);
  const isBeside = new Set(beside.map(({ column }) => column));
  return { columns: beside, below: columns.filter((column) => !isBeside.has(column)), width };
}

/** Gives the line of titles. */
export function headLine<T>({ columns }: Layout<T>, locale: Locale, paint: Paint): string {
  const cells = columns.map(({ column, width }) => {
    const title = cut(locale.t.titles[column.name], width);
    return paint(pad(title, width, alignOf(column)), 'title');
  });
  return joined(cells);
}

/** Gives the lines of one row. What stands below has its title with it, but for ids. */
export function rowLines<T>(layout: Layout<T>, row: T, locale: Locale, paint: Paint): string[] {
  const cells = layout.columns.map(({ column, width }) => {
    const text = pad(cut(shownCell(column, row, locale), width), width, alignOf(column));
    return paint(text, column.kind, column.of(row));
  });
  return [joined(cells), ...belowLines(layout, row, locale, paint)];
}

function belowLines<T>({ below, width }: Layout<T>, row: T, locale: Locale, paint: Paint): string[] {
  const lines: string[] = [];
  let line = { text: '', taken: 0 };
  const there = below.filter((column) => shownCell(column, row, locale).trim() !== '');
  for (const column of there.filter(({ kind }) => kind !== 'id')) {
    const title = locale.t.titles[column.name];
    const value = shownCell(column, row, locale);
    const text = `${paint(title, 'title')} ${paint(value, column.kind, column.of(row))}`;
    const taken = widthOf(`${title} ${value}`);
    const isFull = INDENT.length + line.taken + DOT.length + taken > width;
    if (line.text && isFull) lines.push(line.text);
    line =
      line.text && !isFull
        ? { text: `${line.text}${DOT}${text}`, taken: line.taken + DOT.length + taken }
        : { text, taken };
  }
  if (line.text) lines.push(line.text);
  const ids = there.filter(({ kind }) => kind === 'id').map((column) => paint(shownCell(column, row, locale), 'id'));
  return [...lines, ...ids].map((each) => `${INDENT}${each}`);
}

const joined = (cells: string[]): string => cells.join(' '.repeat(GAP)).trimEnd();
