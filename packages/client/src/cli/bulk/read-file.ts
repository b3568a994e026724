import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { NumberFault } from '@opentopup/contract';
import { digitsOf, readNumber } from '@opentopup/contract/lines/read-number';
import { type CheckDigitRule, readSerial } from '@opentopup/contract/lines/read-serial';
import { isRounded, readSheet, type Sheet, SheetError, sheetWords } from '@opentopup/sheets';
import type { Offer } from '../../index.ts';
import { REFERENCE } from '../../order.ts';
import type { Locale } from '../locale.ts';
import { Misuse } from '../misuse.ts';
import { isCalled } from '../verbs/find-offer.ts';
import type { Register } from './register.ts';

/** The lines of a file, and in what it is written. */
export interface Lines {
  encoding: Sheet['encoding'];
  lines: AsyncGenerator<{ line: number; cells: Cells }, void, undefined>;
}

/** Digests the content of a file and the name of its batch. */
export async function digestOf(file: string, batch: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.update(`\0${batch}`).digest('hex');
}

/**
 * Reads the lines of a CSV file or an Excel workbook, one by one.
 * @throws Misuse for what is neither, or has not the columns that are needed; also while lines are read
 */
export function readFile(file: string, locale: Locale): Promise<Lines> {
  return orMisuse(locale, async () => {
    const { encoding, columns, rows } = await readSheet(() => createReadStream(file), FILE_COLUMNS);
    const has = (...names: string[]): boolean => names.some((name) => columns.includes(name));
    if (!has('offer_id', 'offer') || !has('msisdn', 'sim_id')) throw new Misuse(locale.t.bulk.columns);
    return { encoding, lines: linesOf(rows, locale) };
  });
}

async function* linesOf(rows: Sheet['rows'], locale: Locale): Lines['lines'] {
  const each = rows[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await orMisuse(locale, () => each.next());
    if (done) return;
    const cells = [...value.cells].map(([name, cell]) => [name, cell.trim()] as const);
    yield { line: value.line, cells: Object.fromEntries(cells) };
  }
}

async function orMisuse<T>({ t, language }: Locale, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SheetError) throw new Misuse(t.file.noSheet(sheetWords(error.fault, language)));
    throw error;
  }
}

/** The columns that are read; `offer` is another name of `offer_id`, and both take the name of an offer too. */
export const FILE_COLUMNS = ['offer_id', 'offer', 'msisdn', 'sim_id', 'reference'] as const;

/** The cells of a line, by column. */
export type Cells = { [Name in (typeof FILE_COLUMNS)[number]]?: string };

/** The reason why a line cannot be sold. */
export type BulkFault =
  | 'no_offer'
  | 'unknown_offer'
  | 'several_offers'
  | 'esim_offer'
  | 'expired_offer'
  | 'no_line'
  | 'two_lines'
  | 'needs_msisdn'
  | 'needs_sim_id'
  | 'rounded'
  | 'bad_msisdn'
  | Exclude<NumberFault, 'not_a_number'>
  | 'bad_sim_id'
  | 'bad_reference'
  | 'repeated_reference';

/** A line that may be sold, as far as can be told without asking the server. */
export interface Sellable {
  offer_id: string;
  msisdn: string | null;
  sim_id: string | null;
  reference: string | null;
  /** What is recharged, however it is written. */
  line: string;
}

/** The usual spelling of numbers: these are sent as they stand, others as they were read. */
const USUAL = /^\+?[\d\s().\-/]+$/;
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 15;

/** Checks what a line sells. @returns what that is, or what is wrong with it */
export function checkLine(cells: Cells, offers: OfferBook, now_ms: number): Sellable | BulkFault {
  const named = cells.offer_id || cells.offer;
  if (!named) return 'no_offer';
  const [offer, another] = offers.called(named);
  if (!offer) return isRounded(named) ? 'rounded' : 'unknown_offer';
  if (another) return 'several_offers';
  if (offer.product.type === 'eSim') return 'esim_offer';
  if (offer.expiration_date && Date.parse(offer.expiration_date) <= now_ms) return 'expired_offer';
  const line = readLine(cells, offer);
  if (typeof line === 'string') return line;
  const { reference = '' } = cells;
  if (isRounded(reference)) return 'rounded';
  if (reference && !REFERENCE.test(reference)) return 'bad_reference';
  return { offer_id: offer.id, reference: reference || null, ...line };
}

type Line = Pick<Sellable, 'msisdn' | 'sim_id' | 'line'>;

function readLine({ msisdn, sim_id }: Cells, { product }: Offer): Line | BulkFault {
  if (msisdn && sim_id) return 'two_lines';
  const written = msisdn || sim_id;
  if (!written) return 'no_line';
  if (product.line_kind === 'msisdn' && !msisdn) return 'needs_msisdn';
  if (product.line_kind === 'simId' && !sim_id) return 'needs_sim_id';
  if (isRounded(written)) return 'rounded';
  return msisdn ? readMsisdn(msisdn, product.line_country) : readSimId(written, product.sim_check_digit);
}

/** @param country of which it has to be, where the server says so */
function readMsisdn(written: string, country: string | undefined): Line | BulkFault {
  const number = country === undefined ? readAnywhere(written) : readNumber(written, country);
  if (!number.ok) return number.fault === 'not_a_number' ? 'bad_msisdn' : number.fault;
  return { msisdn: USUAL.test(written) ? written : number.e164, sim_id: null, line: number.e164 };
}

function readAnywhere(written: string): { ok: true; e164: string } | { ok: false; fault: NumberFault } {
  const e164 = digitsOf(written);
  const length = e164?.replace('+', '').length ?? 0;
  return e164 && length >= FEWEST_DIGITS && length <= MOST_DIGITS
    ? { ok: true, e164 }
    : { ok: false, fault: 'not_a_number' };
}

/** @param rule of its supplier, where the server tells it */
function readSimId(written: string, rule: CheckDigitRule = 'off'): Line | BulkFault {
  const sim = readSerial(written, rule);
  if (!sim.ok) return 'bad_sim_id';
  return { msisdn: null, sim_id: USUAL.test(written) ? written : sim.serial, line: sim.serial };
}

/** The offers that somebody may sell, by the names that a file has for them. */
export class OfferBook {
  readonly #byId = new Map<string, Offer>();
  readonly #named = new Map<string, readonly Offer[]>();

  constructor(offers: Iterable<Offer>) {
    for (const offer of offers) this.#byId.set(offer.id, offer);
  }

  get(id: string): Offer | undefined {
    return this.#byId.get(id);
  }

  /** Finds the offer that has this id, or all that have this name. */
  called(named: string): readonly Offer[] {
    const known = this.#named.get(named) ?? this.#find(named);
    this.#named.set(named, known);
    return known;
  }

  #find(named: string): readonly Offer[] {
    const offer = this.#byId.get(named.toLowerCase());
    return offer ? [offer] : [...this.#byId.values()].filter(({ name }) => isCalled(name, named));
  }
}

/** A line that cannot be sold. */
export interface BadLine {
  line: number;
  fault: BulkFault;
  /** The earlier line with the same reference. */
  other?: number;
}

/** A line that sells the same as an earlier one. */
export interface Repeat {
  line: number;
  other: number;
}

/** The findings of reading a file. */
export interface FileReading {
  encoding: Lines['encoding'];
  lines: number;
  bad: number;
  /** The first of them. */
  badLines: BadLine[];
  repeats: number;
  /** The first of them. */
  repeatedLines: Repeat[];
}

/** The most lines that are kept of each finding. */
const TOLD = 1_000;

/** Reads a file into the register, line by line. Bad lines are counted and reported, and left out. */
export async function fillRegister(
  register: Register,
  file: string,
  batch: string,
  offers: OfferBook,
  locale: Locale,
): Promise<FileReading> {
  const { encoding, lines } = await readFile(file, locale);
  const reading: FileReading = { encoding, lines: 0, bad: 0, badLines: [], repeats: 0, repeatedLines: [] };
  const note = (bad: BadLine): void => {
    reading.bad++;
    if (reading.badLines.length < TOLD) reading.badLines.push(bad);
  };
  await register.fill(async () => {
    for await (const { line, cells } of lines) {
      reading.lines++;
      const sells = checkLine(cells, offers, Date.now());
      if (typeof sells === 'string') {
        note({ line, fault: sells });
        continue;
      }
      const { line: recharged, ...order } = sells;
      const other = register.add({ line, ...order });
      if (other !== null) {
        note({ line, fault: 'repeated_reference', other });
        continue;
      }
      const before = register.firstOf(`${order.offer_id} ${recharged}`, line);
      if (before === line) continue;
      reading.repeats++;
      if (reading.repeatedLines.length < TOLD) reading.repeatedLines.push({ line, other: before });
    }
    return digestOf(file, batch);
  });
  return reading;
}
