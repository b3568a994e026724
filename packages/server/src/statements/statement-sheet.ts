import type { Readable } from 'node:stream';
import { type StatementDocument, type StatementOffer, type StatementTotal, wireDate } from '@opentopup/contract';
import { type SheetColumn, type SheetForm, writeSheet } from '@opentopup/sheets';
import type { Query } from '../database/database.ts';
import { amountOf, feeOn } from '../values/money.ts';
import { cutsBefore, readLines, type StatementLine } from './statement-lines.query.ts';

/** A row of the sheet. Units of what is sold or taken away are below 0: opening, lines and closing of an offer add up. */
type SheetRow = Record<string, string | number | undefined>;

const column = (title: string): SheetColumn<SheetRow> => ({ title, of: (row) => row[title] });
const COLUMNS: readonly SheetColumn<SheetRow>[] = [
  column('kind'),
  { ...column('date'), kind: 'date' },
  ...['offer_id', 'offer_name', 'units', 'reference', 'transaction_id', 'resell_value', 'distributor_fees'].map(column),
  ...['currency', 'vat_rate', 'vat_included', 'fees', 'net', 'vat', 'total'].map(column),
];

/** Writes the lines of a statement as a sheet: of each offer its opening, its lines and its closing, and then the totals. */
export function statementSheet(on: Query, document: StatementDocument, form: SheetForm): Readable {
  return writeSheet(rowsOf(on, document), COLUMNS, form);
}

async function* rowsOf(on: Query, document: StatementDocument): AsyncGenerator<SheetRow> {
  const { distributor_id, number, from, before, offers, totals } = document;
  const cuts = await cutsBefore(on, distributor_id, number);
  for (const offer of offers) {
    const { offer_id, offer_name, opening, closing, cut } = offer;
    const stretch = { distributor_id, offer_id, after: cuts.get(offer_id) ?? 0, upTo: cut.seq };
    yield { kind: 'opening', date: from, offer_id, offer_name, units: opening };
    for await (const line of readLines(on, stretch)) yield rowOf(line, offer);
    yield { kind: 'closing', date: before, offer_id, offer_name, units: closing };
  }
  for (const total of totals) yield { kind: 'total', ...(total satisfies StatementTotal) };
}

function rowOf(line: StatementLine, { offer_id, offer_name, currency }: StatementOffer): SheetRow {
  const { kind, at, units, reference, transaction_id, value_minor, fees, fees_type, vat_rate, vat_included } = line;
  const row = { kind, date: wireDate(at), offer_id, offer_name, reference: reference ?? undefined };
  if (transaction_id === null || value_minor === null || fees === null || fees_type === null) return { ...row, units };
  return {
    ...row,
    units: kind === 'return' ? units : -units,
    transaction_id,
    resell_value: amountOf(value_minor, currency),
    distributor_fees: amountOf(feeOn(value_minor, { fees, fees_type }), currency),
    currency,
    ...(vat_rate !== null && { vat_rate: Number(vat_rate), vat_included: String(vat_included) }),
  };
}
