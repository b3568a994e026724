import { createWriteStream, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type SheetColumn, type SheetForm, writeSheet } from '@opentopup/sheets';
import type { Offer } from '../../index.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { exitOf } from '../failure.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import type { BulkLine } from './bulk-line.ts';
import type { BadLine, FileReading, OfferBook } from './read-file.ts';
import type { Register } from './register.ts';
import type { BulkRun, Stop } from './sell-lines.ts';

/** The most bad lines that are shown to people; the rest is counted. */
const TOLD = 20;

/** An offer that lines sell, and how many of them. */
interface Need {
  offer: Offer;
  lines: number;
}

const currency = ({ offer }: Need): string => offer.product.reference_currency;
const NEED_COLUMNS: Column<Need>[] = [
  { name: 'name', kind: 'text', of: ({ offer }) => offer.name },
  { name: 'lines', kind: 'count', of: ({ lines }) => lines },
  { name: 'stock', kind: 'count', of: ({ offer }) => offer.bucket },
  { name: 'resell_value', kind: 'money', of: ({ offer }) => offer.resell_value, currency },
  { name: 'total', kind: 'money', of: ({ offer, lines }) => total(offer, lines), currency },
];

/** Rounds to the minor unit, which never has more than four digits. */
const total = ({ resell_value }: Offer, lines: number): number => Math.round(resell_value * lines * 10_000) / 10_000;

/** Shows what the reading of a file has found: its bad lines, and what the others need. */
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
  if (needs.length > 0) await out.list(needs, NEED_COLUMNS);
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

/** The name of each state in the file of results. What is still being sent when a run ends is unknown. */
const STATUS: Record<BulkLine['state'], string> = {
  new: 'not_sent',
  sending: 'unknown',
  ok: 'ok',
  refused: 'refused',
  pending: 'pending',
};

function dateOf({ state, at_ms }: BulkLine): string {
  return state === 'new' || at_ms === 0 ? '' : `${new Date(at_ms).toISOString().slice(0, 19)}Z`;
}

const RESULT_COLUMNS: SheetColumn<BulkLine>[] = [
  { title: 'line', of: ({ line }) => line },
  { title: 'reference', of: ({ reference }) => reference },
  { title: 'offer_id', of: ({ offer_id }) => offer_id },
  { title: 'msisdn', of: ({ msisdn }) => msisdn, kind: 'line' },
  { title: 'sim_id', of: ({ sim_id }) => sim_id },
  { title: 'status', of: ({ state }) => STATUS[state] },
  { title: 'transaction_id', of: ({ transaction_id }) => transaction_id },
  { title: 'reason', of: ({ reason }) => reason },
  { title: 'date', of: dateOf, kind: 'date' },
];

/** Writes what became of each line, in the order of the file: whole or not at all, and for its owner only. */
export async function writeResults(register: Register, path: string, form: SheetForm): Promise<void> {
  const draft = `${path}.new`;
  await pipeline(writeSheet(register.all(), RESULT_COLUMNS, form), createWriteStream(draft, { mode: 0o600 }));
  renameSync(draft, path);
}

/** Shows how a run ended, and what to do about it. */
export function tellEnd({ out, t, locale }: CliSession, { register, stop }: BulkRun, results: string): ExitCode {
  const { counts } = register;
  const { number } = locale;
  out.json({
    lines: Object.values(counts).reduce((sum, each) => sum + each, 0),
    ok: counts.ok,
    refused: counts.refused,
    pending: counts.pending,
    unknown: counts.sending,
    not_sent: counts.new,
    stopped: stop.reason,
    results,
  });
  out.say(out.style(counts.ok > 0 ? 'green' : 'dim', t.bulk.sold(number(counts.ok))));
  if (counts.refused > 0) out.say(out.style('red', t.bulk.refused(number(counts.refused))));
  if (counts.pending > 0) out.say(out.style('yellow', t.bulk.pending(number(counts.pending))));
  if (counts.sending > 0) out.say(out.style('yellow', t.bulk.unknown(number(counts.sending))));
  if (counts.new > 0) out.say(t.bulk.notSent(number(counts.new)));
  out.say(t.bulk.results(results));
  if (stop.reason) out.warn(t.bulk.stopped[stop.reason](stop.error ? explain(stop.error, locale) : ''));
  if (counts.new + counts.sending + counts.pending > 0) out.note(t.bulk.again);
  return exitCode(register, stop);
}

function exitCode({ counts }: Register, { reason, error }: Stop): ExitCode {
  if (reason === 'interrupted') return EXIT.interrupted;
  if (reason === 'unanswered') return EXIT.unreachable;
  if (reason === 'answered') return exitOf(error);
  if (counts.sending + counts.pending > 0) return EXIT.pending;
  if (reason === 'empty' || counts.refused > 0) return EXIT.refused;
  return EXIT.ok;
}
