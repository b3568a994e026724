import type { Offer } from '../../index.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import type { BadLine, FileReading } from './fill-register.ts';
import type { OfferBook } from './offer-book.ts';
import type { Register } from './register.ts';

/** Bad lines that people are told; the rest is counted. */
const TOLD = 20;

interface Need {
  offer: Offer;
  lines: number;
}

const currency = ({ offer }: Need): string => offer.product.reference_currency;
const COLUMNS: Column<Need>[] = [
  { name: 'name', kind: 'text', of: ({ offer }) => offer.name },
  { name: 'lines', kind: 'count', of: ({ lines }) => lines },
  { name: 'stock', kind: 'count', of: ({ offer }) => offer.bucket },
  { name: 'resell_value', kind: 'money', of: ({ offer }) => offer.resell_value, currency },
  { name: 'total', kind: 'money', of: ({ offer, lines }) => total(offer, lines), currency },
];

/** To the minor unit, which is never more than four digits. */
const total = ({ resell_value }: Offer, lines: number): number => Math.round(resell_value * lines * 10_000) / 10_000;

/** Says what the reading of a file has found: its bad lines, and what the others need. */
export async function tellReading(
  { out, t, locale }: CliSession,
  register: Register,
  { encoding, lines, bad, badLines, repeats, repeatedLines }: FileReading,
  offers: OfferBook,
): Promise<void> {
  const needs = register.offers().flatMap(({ offer_id, lines: wanted }) => {
    const offer = offers.get(offer_id);
    return offer ? [{ offer, lines: wanted }] : [];
  });
  out.json({
    encoding,
    lines,
    bad,
    bad_lines: badLines,
    repeats,
    repeated_lines: repeatedLines,
    offers: needs.map((need) => ({
      id: need.offer.id,
      name: need.offer.name,
      lines: need.lines,
      stock: need.offer.bucket,
      total: total(need.offer, need.lines),
      currency: currency(need),
    })),
  });
  if (out.isJson) return;
  if (encoding === 'windows-1252') out.warn(t.file.guessed);
  out.say(t.bulk.read(locale.number(lines), locale.number(bad)));
  for (const line of badLines.slice(0, TOLD))
    out.say(`  ${t.bulk.lineNumber(locale.number(line.line))}: ${words(line, t)}`);
  if (bad > TOLD) out.say(`  ${t.bulk.more(locale.number(bad - TOLD))}`);
  if (needs.length > 0) await out.list(needs, COLUMNS);
  if (repeats > 0) out.warn(t.bulk.repeats(locale.number(repeats)));
  for (const { line, other } of repeatedLines.slice(0, TOLD)) {
    out.warn(`  ${t.bulk.lineNumber(locale.number(line))}: ${t.bulk.repeatOf(locale.number(other))}`);
  }
  if (repeats > TOLD) out.warn(`  ${t.bulk.more(locale.number(repeats - TOLD))}`);
  for (const { offer, lines: needed } of needs) {
    if (needed > offer.bucket) out.warn(t.bulk.short(offer.name, locale.number(needed - offer.bucket)));
  }
}

function words({ fault, other }: BadLine, t: CliSession['t']): string {
  return other === undefined ? t.bulk.faults[fault] : t.bulk.repeated(other);
}
