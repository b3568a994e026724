import type { Locale } from '../locale.ts';
import { type Column, type Kind, shownCell } from './column.ts';
import { cut, pad, widthOf } from './text.ts';

/** Texts are not cut to less than this. */
const NARROWEST = 10;
const GAP = 2;

/** Paints a cell or a title. */
export type Paint = (text: string, as: 'title' | Kind, value?: unknown) => string;

/** Where the columns of a table stand, for the width of a terminal. */
export interface Layout<T> {
  columns: { column: Column<T>; width: number }[];
  /** Those that have no room beside the others: they stand below, on a line of their own. */
  below: Column<T>[];
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
      widthOf(locale.t.titles[column.name]),
      ...rows.map((row) => widthOf(shownCell(column, row, locale))),
    ),
  }));
  const isId = ({ column }: { column: Column<T> }): boolean => column.kind === 'id';
  const needed = (some: typeof all): number => some.reduce((sum, each) => sum + each.width + GAP, -GAP);
  if (needed(all) <= width || all.every(isId)) return { columns: all, below: [] };
  const beside = all.filter((each) => !isId(each));
  let excess = needed(beside) - width;
  for (const each of beside.toSorted((a, b) => b.width - a.width)) {
    if (excess <= 0 || each.column.kind !== 'text') continue;
    const less = Math.min(excess, Math.max(0, each.width - NARROWEST));
    each.width -= less;
    excess -= less;
  }
  while (beside.length > 1 && needed(beside) > width) beside.pop();
  const isBeside = new Set(beside.map(({ column }) => column));
  return { columns: beside, below: columns.filter((column) => !isBeside.has(column)) };
}

/** The line of titles. */
export function headLine<T>({ columns }: Layout<T>, locale: Locale, paint: Paint): string {
  const cells = columns.map(({ column, width }) => {
    const title = cut(locale.t.titles[column.name], width);
    return paint(pad(title, width, alignOf(column)), 'title');
  });
  return joined(cells);
}

/** The lines of one row. What stands below has no title, as there is no room. */
export function rowLines<T>({ columns, below }: Layout<T>, row: T, locale: Locale, paint: Paint): string[] {
  const cells = columns.map(({ column, width }) => {
    const text = pad(cut(shownCell(column, row, locale), width), width, alignOf(column));
    return paint(text, column.kind, column.of(row));
  });
  const ids = below.map((column) => shownCell(column, row, locale)).filter(Boolean);
  return [joined(cells), ...ids.map((id) => `  ${paint(id, 'id')}`)];
}

const joined = (cells: string[]): string => cells.join(' '.repeat(GAP)).trimEnd();
