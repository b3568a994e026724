import Type, { type Static } from 'typebox';
import { DateTime, PlainText, TimeZone } from '../formats.ts';
import { ONE_LINE } from '../plain-text.ts';
import { DifferenceKind, ReconciliationDetail } from './reconciliation.ts';

const Column = PlainText;
const Words = Type.Array(PlainText, { maxItems: 50 });

/** How the columns of a supplier's files are meant. It is kept for the next file. */
export const BooksMapping = Type.Object(
  {
    columns: Type.Object(
      {
        time: Column,
        reference: Type.Optional({ ...Column, description: 'Our reference' }),
        supplier_reference: Type.Optional({ ...Column, description: "The supplier's own" }),
        line: Type.Optional(Column),
        value: Type.Optional({ ...Column, description: 'What the line got' }),
        value_currency: Type.Optional(Column),
        cost: Type.Optional({ ...Column, description: 'What the supplier charges' }),
        cost_currency: Type.Optional(Column),
        state: Type.Optional({ ...Column, description: 'Absent: all rows are delivered' }),
      },
      { additionalProperties: false, description: 'The titles of the columns, by what they hold' },
    ),
    time_zone: Type.Optional({
      ...TimeZone,
      description: 'Of times that do not say theirs; the business time zone unless told',
    }),
    date_order: Type.Optional(
      Type.Enum(['ymd', 'dmy', 'mdy'], { default: 'ymd', description: 'How dates are written: `24/11/2026` is `dmy`' }),
    ),
    decimal: Type.Optional(Type.Enum(['.', ','], { default: '.', description: 'What stands before decimals' })),
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', description: 'Of amounts without a column of their own for it. ISO 4217' }),
    ),
    states: Type.Optional(
      Type.Object(
        {
          delivered: Type.Optional(Words),
          refused: Type.Optional(Words),
          reversed: Type.Optional(Words),
          pending: Type.Optional(Words),
        },
        { additionalProperties: false, description: 'The words for each state, in any case' },
      ),
    ),
  },
  { title: 'BooksMapping', additionalProperties: false },
);
export type BooksMapping = Static<typeof BooksMapping>;

const FileError = Type.Object({
  line: Type.Integer({ description: 'In the file, from 1; 0: of the file as a whole' }),
  column: Type.String(),
  message: Type.String(),
});

const FileRow = Type.Object({
  line: Type.Integer(),
  cells: Type.Record(Type.String(), Type.String(), { description: 'As they stand there' }),
  reference: Type.Optional(Type.String()),
  supplier_reference: Type.Optional(Type.String()),
  value: Type.Optional(Type.Number()),
  cost: Type.Optional(Type.Number()),
  state: Type.Optional(Type.String()),
  date: Type.Optional(DateTime),
});

/** What a supplier's file says, and what it was compared to. */
export const BooksFileReport = Type.Object(
  {
    dry_run: Type.Boolean(),
    columns: Type.Array(Type.String(), { description: 'The titles of the file' }),
    mapping: Type.Optional(BooksMapping),
    rows: Type.Integer(),
    sample: Type.Array(FileRow, { description: 'Its first rows, and how they are read' }),
    error_count: Type.Integer(),
    errors: Type.Array(FileError, { description: 'The first 100. Where there is one, nothing is kept' }),
    reconciliation: Type.Optional(ReconciliationDetail),
    kinds: Type.Array(Type.Object({ kind: DifferenceKind, count: Type.Integer() })),
  },
  { title: 'BooksFileReport' },
);
export type BooksFileReport = Static<typeof BooksFileReport>;

/** Of which days a file is. */
export const BooksFileQuery = Type.Object({
  from: Type.String({
    format: 'date',
    description: 'The first day, in the business time zone',
    examples: ['2026-11-23'],
  }),
  to: Type.Optional(Type.String({ format: 'date', description: 'The last day, included; the first one unless told' })),
  name: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, pattern: ONE_LINE, description: 'What the file is called' }),
  ),
  whole: Type.Optional(
    Type.Boolean({
      description:
        'True: on a day without a row, or in a file without any, the supplier has delivered nothing: what was sold here then is ' +
        'not there. Unless told, such a file is taken for half of one',
    }),
  ),
  dry_run: Type.Optional(Type.Boolean({ description: 'Only says what it would find' })),
});
