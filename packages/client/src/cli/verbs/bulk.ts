import { existsSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { SHEET_FORMS } from '@opentopup/contract/sheet-forms';
import type { SheetForm } from '@opentopup/sheets';
import { type Command, Option } from 'commander';
import type { Offer, TravelB2B } from '../../index.ts';
import { confirm, Declined } from '../ask.ts';
import { digestOf, fillRegister, OfferBook } from '../bulk/read-file.ts';
import { Register, RegisterInUse } from '../bulk/register.ts';
import { tellReading } from '../bulk/report.ts';
import { sellFile } from '../bulk/sell-file.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Misuse } from '../misuse.ts';
import type { CliSession } from '../session.ts';
import { chosenSheetForm, type SheetOptions, withSheetOptions } from './sheet-options.ts';
import { whole, withExamples } from './verb.ts';

interface BulkOptions extends SheetOptions {
  batch: string;
  concurrency: number;
  inFlight: number;
  dryRun?: true;
  waitStock?: true;
  yes?: true;
}

const CONCURRENCY = 8;
/** Longer than requests live, wherever they may be stuck. */
const IN_FLIGHT_S = 120;
/** A longer outage than others have: a run may take hours. */
const RETRIES = 8;
const FOR_PROGRAMS: SheetForm = { form: 'csv', lineEnd: '\n' };

/** Sells a top-up for each line of a file, each once, however often it is run. */
export function defineBulk(program: Command, cli: Cli): void {
  const { t } = cli;
  const bulk = program
    .command('bulk')
    .description(t.bulk.about)
    .argument('<file>', t.bulk.file)
    .option('--dry-run', t.bulk.dryRun)
    .option('--yes', t.options.yes)
    .option('--wait-stock', t.bulk.waitStock)
    .option('--concurrency <number>', t.bulk.concurrency, whole(cli, 1), CONCURRENCY)
    .addOption(new Option('--batch <name>', t.bulk.batch).default('', '-'))
    .option('--in-flight <seconds>', t.bulk.inFlight, whole(cli, 0), IN_FLIGHT_S)
    .action(cli.run(runBulk));
  withSheetOptions(bulk, cli);
  withExamples(
    bulk,
    cli,
    'opentopup bulk customers.csv --dry-run',
    'opentopup bulk customers.csv',
    'opentopup bulk customers.xlsx --yes --wait-stock --xlsx',
  );
  bulk.addHelpText('after', `\n${t.bulk.resuming}`);
}

async function runBulk(session: CliSession, file: string, options: BulkOptions): Promise<ExitCode> {
  const { t } = session;
  if (!existsSync(file)) throw new Misuse(t.file.unreadable(file, 'ENOENT'));
  keepSmall();
  const client = session.client({ retries: RETRIES });
  if (options.dryRun) return rehearse(session, client, file, options);
  const path = `${file}.opentopup`;
  const register = open(session, path);
  try {
    const isReady = register.source
      ? await resume(session, register, file, options)
      : await begin(session, client, register, file, options);
    if (!isReady) return EXIT.usage;
    const form = chosenSheetForm(options, session.locale, 'results') ?? FOR_PROGRAMS;
    return await sellFile(session, client, register, { ...options, form, results: resultsOf(file, form) });
  } finally {
    const mayHaveSold = register.source?.searched === true;
    register.close();
    if (!mayHaveSold) rmSync(path, { force: true });
  }
}

/** Keeps the memory small: each request leaves garbage, and cleared away more often than by default, half is enough. */
function keepSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}

/** Names the file of results beside the file: `customers.csv` has `customers.results.csv`. */
function resultsOf(file: string, { form }: SheetForm): string {
  const { dir, name } = parse(file);
  return join(dir, `${name}.results.${SHEET_FORMS[form].ending}`);
}

function open({ t }: CliSession, path: string): Register {
  try {
    return new Register(path);
  } catch (error) {
    if (error instanceof RegisterInUse) throw new Misuse(t.bulk.inUse);
    throw error;
  }
}

async function rehearse(
  session: CliSession,
  client: TravelB2B,
  file: string,
  { batch }: BulkOptions,
): Promise<ExitCode> {
  const register = new Register();
  try {
    const offers = await offersOf(session, client);
    const reading = await fillRegister(register, file, batch, offers, session.locale);
    await tellReading(session, register, reading, offers);
    return reading.bad > 0 ? EXIT.usage : EXIT.ok;
  } finally {
    register.close();
  }
}

/** @returns whether it may be sold; not with bad lines */
async function begin(
  session: CliSession,
  client: TravelB2B,
  register: Register,
  file: string,
  { batch, yes }: BulkOptions,
): Promise<boolean> {
  const { t, locale, out } = session;
  const offers = await offersOf(session, client);
  const reading = await fillRegister(register, file, batch, offers, locale);
  if (reading.bad > 0 || !out.isJson) await tellReading(session, register, reading, offers);
  if (reading.bad > 0) {
    out.warn(t.bulk.mend);
    return false;
  }
  await agree(session, yes, t.bulk.ask(locale.number(reading.lines)));
  return true;
}

/** Goes on with what an earlier run has begun. */
async function resume(
  session: CliSession,
  register: Register,
  file: string,
  { batch, yes }: BulkOptions,
): Promise<boolean> {
  const { t, locale } = session;
  const { source, counts } = register;
  if (!source || source.digest !== (await digestOf(file, batch))) {
    throw new Misuse(t.bulk.changed(file, locale.date(new Date(source?.begun_ms ?? 0))));
  }
  const left = counts.new + counts.sending;
  if (left > 0) await agree(session, yes, t.bulk.askAgain(locale.number(left), locale.date(new Date(source.begun_ms))));
  return true;
}

async function agree(session: CliSession, yes: true | undefined, question: string): Promise<void> {
  if (yes) return;
  if (!session.mayAsk) throw new Misuse(session.t.bulk.needsYes);
  if (!(await confirm(session, question))) throw new Declined();
}

async function offersOf(session: CliSession, client: TravelB2B): Promise<OfferBook> {
  const offers: Offer[] = [];
  for await (const offer of client.offers.list(session)) offers.push(offer);
  return new OfferBook(offers);
}
