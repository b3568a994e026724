import { serverWords } from '@opentopup/contract/messages/server-words';
import { guarded, type SheetColumn } from '@opentopup/sheets';
import type { Locale } from '../locale.ts';
import type { CliMessages } from '../messages/en.ts';
import { sparkline } from './sparkline.ts';
import { printable } from './text.ts';

/** What a value is, which decides how people see it. Programs see it as the API has it. A line is a number or a serial. */
export type Kind =
  | 'text'
  | 'line'
  | 'count'
  | 'money'
  | 'date'
  | 'duration'
  | 'id'
  | 'status'
  | 'level'
  | 'words'
  | 'trend';

/** One field of a record: a column of a table, a line of its details. */
export interface Column<T> {
  /** Its name for programs; people see the title of that name. */
  name: keyof CliMessages['titles'];
  kind: Kind;
  of: (row: T) => string | number | undefined | null;
  /** Room for what later rows of a growing list may say; columns of the terminal. */
  room?: number;
  /** Of money. */
  currency?: (row: T) => string;
}

/** Writes a value as programs read it. */
export function rawCell<T>(column: Column<T>, row: T): string {
  return printable(String(column.of(row) ?? ''));
}

/** Writes a value between tabs, which a spreadsheet may open too. */
export function tabbedCell<T>(column: Column<T>, row: T): string {
  const cell = rawCell(column, row);
  return ['text', 'words', 'id'].includes(column.kind) ? guarded(cell, '\t') : cell;
}

/** Gives the column of a sheet that holds these values. */
export function sheetColumn<T>(column: Column<T>): SheetColumn<T> {
  const { name, kind, of } = column;
  return {
    title: name,
    of: (row) => (typeof of(row) === 'number' ? Number(of(row)) : rawCell(column, row)),
    ...((kind === 'date' || kind === 'line') && { kind }),
  };
}

/** Writes a value as people read it. */
export function shownCell<T>(column: Column<T>, row: T, locale: Locale): string {
  const value = column.of(row);
  if (value === undefined || value === null || value === '') return '';
  switch (column.kind) {
    case 'count':
      return locale.number(Number(value));
    case 'money':
      return locale.money(Number(value), column.currency?.(row) ?? '');
    case 'date':
      return locale.date(String(value));
    case 'duration':
      return locale.duration(Number(value));
    case 'trend':
      return sparkline(String(value).split(',').map(Number));
    case 'status':
      return wordOf(String(value), locale.t.statuses);
    case 'words':
      return printable(serverWords(String(value), locale.language) ?? String(value));
    case 'level':
      return wordOf(String(value), locale.t.levels);
    case 'text':
    case 'line':
    case 'id':
      return printable(String(value));
  }
}

/** A word of the API as people say it; as it is where it is new. */
const wordOf = (word: string, words: Readonly<Record<string, string>>): string =>
  Object.hasOwn(words, word) ? (words[word] ?? word) : printable(word);
