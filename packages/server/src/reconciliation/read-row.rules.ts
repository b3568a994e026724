import type { BooksFileReport, BooksMapping } from '@opentopup/contract';
import { isOneLine } from '@opentopup/contract/plain-text';
import { readAttemptReference } from '../values/attempt.ts';
import { isCurrency } from '../values/money.ts';
import type { StagedTransaction } from './staged-transaction.rules.ts';
import { readWallTime } from './wall-time.rules.ts';

/** What is wrong with a row. */
export type BooksError = BooksFileReport['errors'][number];

/** A row of a supplier's file, as it was read. */
interface RowOfBooks {
  line: number;
  cells: ReadonlyMap<string, string>;
  isRagged: boolean;
}

/** How rows are read. */
export interface RowReading {
  mapping: BooksMapping;
  timeZone: string;
  /** An Excel workbook writes times without a zone. */
  isWorkbook: boolean;
}

type Field = keyof BooksMapping['columns'];

/** Nothing that names an order is longer. */
const LONGEST = 255;
const NAMES: ReadonlySet<string> = new Set<Field>(['reference', 'supplier_reference', 'line']);
/** What Excel makes of a long number: `8.99E+16`. Others become the same. */
const LOST_DIGITS = /^\d([.,]\d+)?E\+\d{2,}$/i;

/** Says why what stands in a cell cannot be kept; null where it can. */
function cellFault(field: string, written: string): string | null {
  if (written.length > LONGEST) return `${LONGEST} characters at most`;
  if (!isOneLine(written)) return 'plain text is needed';
  const isLost = NAMES.has(field) && LOST_DIGITS.test(written);
  return isLost ? `${written} has lost its digits: the column has to be text` : null;
}

/** Reads a row by the mapping of its supplier; gives all that is wrong with it where something is. */
export function readBooksRow(
  { line, cells, isRagged }: RowOfBooks,
  { mapping, timeZone, isWorkbook }: RowReading,
): StagedTransaction | BooksError[] {
  const errors: BooksError[] = [];
  const { columns, decimal = '.', date_order = 'ymd', currency = null } = mapping;
  const wrong = (field: Field, message: string): null => {
    errors.push({ line, column: columns[field] ?? '', message });
    return null;
  };
  const text = (field: Field): string | null => cells.get(columns[field] ?? '')?.trim() ?? null;
  for (const [field, column] of Object.entries(columns)) {
    const message = cellFault(field, text(field as Field) ?? '');
    if (message !== null) errors.push({ line, column, message });
  }
  if (errors.length > 0) return errors;
  const amount = (field: 'value' | 'cost'): number | null => {
    const written = text(field);
    if (written === null) return null;
    // Numbers of a workbook have a point, whatever language it is shown in.
    if (isWorkbook && NUMBER.test(written)) return Number(written);
    return readAmount(written, decimal) ?? wrong(field, `${written} is no amount`);
  };
  const currencyOf = (field: 'value_currency' | 'cost_currency'): string | null => {
    const written = text(field)?.toUpperCase() ?? currency;
    return written === null || isCurrency(written) ? written : wrong(field, `${written} is no currency`);
  };
  if (isRagged) errors.push({ line, column: '', message: 'more cells than there are columns' });
  const time = text('time');
  const at = time === null ? null : readWallTime(time, date_order, timeZone, isWorkbook);
  if (!at) wrong('time', time === null ? 'it is missing' : `${time} is no time`);
  const word = text('state');
  const state = columns.state === undefined ? 'delivered' : stateOf(word, mapping.states ?? {});
  if (!state) wrong('state', word === null ? 'it is missing' : `what ${word} means is not said`);
  const [reference, supplier_reference] = [text('reference'), text('supplier_reference')];
  if (reference === null && supplier_reference === null && text('line') === null) {
    errors.push({ line, column: '', message: 'neither a reference nor a line' });
  }
  const ours = reference === null ? null : readAttemptReference(reference);
  const [value, cost] = [amount('value'), amount('cost')];
  const read = {
    ordinal: line,
    supplier_reference,
    reference,
    transaction_id: ours?.transaction_id ?? null,
    attempt: ours?.number ?? null,
    line: text('line'),
    product: null,
    value,
    value_currency: value === null ? null : currencyOf('value_currency'),
    cost,
    cost_currency: cost === null ? null : currencyOf('cost_currency'),
  };
  return errors.length > 0 || !state || !at ? errors : { ...read, state, at: at.toISOString() };
}

const NUMBER = /^-?\d{1,12}(\.\d{1,6})?$/;
const AMOUNTS = {
  '.': /^-?(\d{1,12}|\d{1,3}([,\s']\d{3})+)(\.\d{1,6})?$/,
  ',': /^-?(\d{1,12}|\d{1,3}([.\s']\d{3})+)(,\d{1,6})?$/,
};

/** Reads an amount: thousands may be in groups, by what does not stand before decimals. Null for what is none. */
function readAmount(written: string, decimal: '.' | ','): number | null {
  if (!AMOUNTS[decimal].test(written)) return null;
  const [whole = '', decimals = '0'] = written.split(decimal);
  return Number(`${whole.replaceAll(/[^\d-]/g, '')}.${decimals}`);
}

const STATES = ['delivered', 'refused', 'reversed', 'pending'] as const;

function stateOf(word: string | null, states: NonNullable<BooksMapping['states']>): StagedTransaction['state'] | null {
  const asked = word?.toLowerCase();
  return STATES.find((state) => states[state]?.some((each) => each.toLowerCase() === asked)) ?? null;
}
