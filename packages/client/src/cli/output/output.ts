import { pipeline } from 'node:stream/promises';
import { styleText } from 'node:util';
import { SHEET_FORMS } from '@opentopup/contract/sheet-forms';
import { type SheetForm, writeSheet } from '@opentopup/sheets';
import type { Locale } from '../locale.ts';
import { Misuse } from '../misuse.ts';
import { type Column, type Kind, rawCell, sheetColumn, shownCell, tabbedCell } from './column.ts';
import { headLine, type Layout, layOut, type Paint, rowLines } from './table.ts';
import { pad, widthOf } from './text.ts';

/** The streams and the environment that a command runs with. */
export interface Io {
  /** Whether somebody types at the standard input. */
  isTyped: boolean;
  /** The standard input. Whoever looks at it may swallow what is meant for another program. */
  stdin: () => NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
}

/** Takes the entries of a list one by one. On a terminal they are shown once there are enough to choose widths by. */
export interface Lister<T> {
  add: (row: T) => void;
  /** Shows what waits. */
  flush: () => void;
}

type Style = Parameters<typeof styleText>[0];

/** The rows by which a table is laid out; later ones have to make do with its widths. */
const SAMPLE = 100;
const WIDTH = 80;

const STATUS_STYLES: Readonly<Record<string, Style>> = {
  ok: 'green',
  active: 'green',
  available: 'green',
  delivered: 'green',
  up: 'green',
  kept: 'green',
  pending: 'yellow',
  paused: 'yellow',
  low: 'yellow',
  overdue: 'red',
  ko: 'red',
  refused: 'red',
  suspended: 'red',
  down: 'red',
  deviates: 'red',
  critical: 'red',
  major: 'yellow',
  expired: 'red',
  dead: 'red',
  depleted: 'red',
};

/**
 * What a command says. For people on a terminal: tables and words, in colour. Through a pipe: values separated by tabs,
 * as the API has them. With `--json`: JSON, one value a line. Words about what is going on are written to stderr.
 */
export class CommandOutput {
  readonly #io: Io;
  readonly locale: Locale;
  readonly isJson: boolean;

  constructor(io: Io, locale: Locale, isJson: boolean) {
    this.#io = io;
    this.locale = locale;
    this.isJson = isJson;
  }

  get isTerminal(): boolean {
    return this.#io.stdout.isTTY;
  }

  /** Words about what is going on reach somebody who can see them change. */
  get isWatched(): boolean {
    return this.#io.stderr.isTTY && !this.isJson;
  }

  get columns(): number {
    return this.#io.stdout.columns || WIDTH;
  }

  get rows(): number {
    return this.#io.stdout.rows || 24;
  }

  /** Colours, on a terminal that has them. */
  style(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#io.stdout });
  }

  write(text: string): void {
    this.#io.stdout.write(text);
  }

  /** For people; with `--json` they are not there. */
  say(text = ''): void {
    if (!this.isJson) this.write(`${text}\n`);
  }

  /** What is going on, beside the result. */
  note(text: string): void {
    if (!this.isJson) this.#io.stderr.write(`${styleText('dim', text, { stream: this.#io.stderr })}\n`);
  }

  /** Something that people should know, beside the result. */
  warn(text: string): void {
    if (!this.isJson) this.#io.stderr.write(`${styleText('yellow', text, { stream: this.#io.stderr })}\n`);
  }

  json(value: unknown): void {
    if (this.isJson) this.write(`${JSON.stringify(value)}\n`);
  }

  /** A list that grows. */
  lister<T>(columns: Column<T>[]): Lister<T> {
    const sample: T[] = [];
    let layout: Layout<T> | null = null;
    const show = (row: T): void => {
      if (layout) this.write(`${rowLines(layout, row, this.locale, this.#paint).join('\n')}\n`);
    };
    const flush = (): void => {
      if (!layout && sample.length > 0) {
        layout = layOut(columns, sample, this.columns, this.locale);
        this.write(`${headLine(layout, this.locale, this.#paint)}\n`);
      }
      for (const row of sample.splice(0)) show(row);
    };
    const add = (row: T): void => {
      if (this.isJson) this.json(row);
      else if (!this.isTerminal) this.line(row, columns);
      else if (layout) show(row);
      else if (sample.push(row) === SAMPLE) flush();
    };
    return { add, flush };
  }

  /**
   * A list, as its entries come.
   * @returns how many there were
   */
  async list<T>(rows: Iterable<T> | AsyncIterable<T>, columns: Column<T>[]): Promise<number> {
    const lister = this.lister(columns);
    let count = 0;
    for await (const row of rows) {
      count++;
      lister.add(row);
    }
    lister.flush();
    if (count === 0) this.note(this.locale.t.nothing);
    return count;
  }

  /** One entry of a list, for programs. */
  line<T>(row: T, columns: Column<T>[]): void {
    this.write(`${columns.map((column) => tabbedCell(column, row)).join('\t')}\n`);
  }

  /** A list as a sheet. */
  async sheet<T>(rows: AsyncIterable<T>, columns: readonly Column<T>[], form: SheetForm): Promise<void> {
    if (this.isJson) throw new Misuse(this.locale.t.file.noJson);
    if (SHEET_FORMS[form.form].isBinary && this.isTerminal) throw new Misuse(this.locale.t.file.redirect);
    await pipeline(writeSheet(rows, columns.map(sheetColumn), form), this.#io.stdout, { end: false });
  }

  /** The lines of a table, for whoever draws them again and again. */
  table<T>(rows: readonly T[], columns: Column<T>[]): string[] {
    const layout = layOut(columns, rows, this.columns, this.locale);
    return [
      headLine(layout, this.locale, this.#paint),
      ...rows.flatMap((row) => rowLines(layout, row, this.locale, this.#paint)),
    ];
  }

  /** One record, field by field. Fields without a value are left out. */
  record<T>(record: T, columns: Column<T>[], json: unknown = record): void {
    if (this.isJson) {
      this.json(json);
      return;
    }
    const there = columns.filter((column) => rawCell(column, record) !== '');
    const titles = there.map(({ name }) => this.locale.t.titles[name]);
    const width = Math.max(0, ...titles.map(widthOf));
    for (const [i, column] of there.entries()) {
      if (!this.isTerminal) this.write(`${column.name}\t${rawCell(column, record)}\n`);
      else {
        const title = this.#paint(pad(titles[i] ?? '', width, 'left'), 'title');
        const value = this.#paint(shownCell(column, record, this.locale), column.kind, column.of(record));
        this.write(`${title}  ${value}\n`);
      }
    }
  }

  readonly #paint: Paint = (text, as, value) => {
    const style = styleOf(as, value);
    return style ? this.style(style, text) : text;
  };
}

function styleOf(as: 'title' | Kind, value: unknown): Style | undefined {
  if (as === 'title' || as === 'id') return 'dim';
  if (as !== 'status') return undefined;
  return STATUS_STYLES[String(value)];
}
