import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Statement, StatementSettings, StatementTotal, VatRate } from '@opentopup/contract';
import { STATEMENT_FILE_NAMES, type StatementFile } from '@opentopup/contract/statements/statement-files';
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { amount, first, oneOf, whole, withExamples } from './verb.ts';

const SHOWN = 50;
const LOOK_EVERY_MS = 500;
const DISTRIBUTOR = '01a20d0a-a88d-74bd-9233-89da2fe5beab';
const STATEMENT = '01a20d0b-54d6-77c2-99f0-4ba20661bd05';

const totalsIn = (totals: readonly StatementTotal[]): string =>
  totals.map(({ total, currency }) => `${total} ${currency}`).join(', ');

const COLUMNS: Column<Statement>[] = [
  { name: 'number', kind: 'count', of: ({ number }) => number },
  { name: 'first_day', kind: 'text', of: ({ first_day }) => first_day },
  { name: 'last_day', kind: 'text', of: ({ last_day }) => last_day },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'total', kind: 'text', of: ({ totals }) => totals && totalsIn(totals) },
  { name: 'closing_date', kind: 'date', of: ({ closing_date }) => closing_date },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
const ALL_COLUMNS: Column<Statement>[] = [
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  ...COLUMNS,
];

const VAT_COLUMNS: Column<VatRate>[] = [
  { name: 'vat_rate', kind: 'text', of: ({ rate }) => (rate === null ? '–' : `${rate} %`) },
  { name: 'vat_included', kind: 'text', of: ({ included }) => String(included) },
  { name: 'since', kind: 'date', of: ({ since }) => since },
];

interface ListOptions {
  all?: true;
  distributor?: string;
  limit: number;
}

function defineList(statements: Command, cli: Cli): void {
  const { t } = cli;
  const list = statements
    .command('list')
    .description(t.statements.list)
    .option('--all', t.statements.all)
    .addOption(new Option('--distributor <id>', t.statements.distributor).implies({ all: true }))
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, { all, distributor, limit }: ListOptions) => {
        const query = distributor === undefined ? {} : { distributor };
        const found = all
          ? session.operator().statements.list(query, session)
          : session.client().opentopup.statements.list(session);
        await session.out.list(first(found, limit), all ? ALL_COLUMNS : COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup statements list', 'opentopup statements list --all');
}

/** Waits until a statement is closed, and tells how far that is. */
async function untilClosed(session: CliSession, asked: Statement): Promise<Statement> {
  const { out, t, locale, signal } = session;
  let statement = asked;
  const count = new Intl.NumberFormat(locale.tag);
  while (statement.status === 'closing') {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
    const { distributor_id: distributor, id } = statement;
    for await (const each of first(session.operator().statements.list({ distributor }, { signal }), SHOWN)) {
      if (each.id === id) statement = each;
    }
    const { progress } = statement;
    if (progress && out.isWatched) {
      out.note(t.statements.progress(count.format(progress.done), count.format(progress.movements)));
    }
  }
  return statement;
}

function defineClose(statements: Command, cli: Cli): void {
  const { t } = cli;
  const close = statements
    .command('close')
    .description(t.statements.close)
    .argument('<distributor>', t.options.distributor)
    .option('--before <day>', t.statements.before)
    .action(
      cli.run(async (session, distributor_id: string, { before }: { before?: string }) => {
        const body = { distributor_id, ...(before !== undefined && { before }) };
        const asked = await session.operator().statements.close(body, session);
        session.out.record(await untilClosed(session, asked), ALL_COLUMNS);
      }),
    );
  withExamples(
    close,
    cli,
    `opentopup statements close ${DISTRIBUTOR}`,
    `opentopup statements close ${DISTRIBUTOR} --before 2026-12-01`,
  );
}

interface DownloadOptions {
  as: StatementFile;
  output?: string;
  all?: true;
}

function defineDownload(statements: Command, cli: Cli): void {
  const { t } = cli;
  const download = statements
    .command('download')
    .description(t.statements.download)
    .argument('<statement>', t.statements.id)
    .addOption(oneOf('--as <form>', t.statements.as, STATEMENT_FILE_NAMES).makeOptionMandatory())
    .option('--output <file>', t.statements.output)
    .option('--all', t.statements.asOperator)
    .action(
      cli.run(async (session, id: string, { as, output, all }: DownloadOptions) => {
        const isText = as === 'json' || as === 'csv';
        if (output === undefined && session.out.isTerminal && !isText) throw new Misuse(t.statements.onTerminal);
        const options = { language: cli.locale.tag, signal: session.signal };
        const file = await (all
          ? session.operator().statements.file(id, as, options)
          : session.client().opentopup.statements.file(id, as, options));
        const into = output === undefined ? session.io.stdout : createWriteStream(output, { mode: 0o600 });
        await pipeline(Readable.fromWeb(file as never), into, { end: output !== undefined });
      }),
    );
  withExamples(
    download,
    cli,
    `opentopup statements download ${STATEMENT} --as pdf --output november.pdf`,
    `opentopup statements download ${STATEMENT} --as json --output statement.json`,
  );
}

interface SettingsOptions {
  distributor?: string;
  timeZone?: string;
  operatorTimeZone?: true;
  emails?: string[] | false;
}

function defineSettings(statements: Command, cli: Cli): void {
  const { t } = cli;
  const columns: Column<StatementSettings>[] = [
    { name: 'time_zone', kind: 'text', of: ({ time_zone }) => time_zone ?? t.statements.operatorTimeZone },
    { name: 'emails', kind: 'text', of: ({ emails }) => emails.join(', ') },
  ];
  const settings = statements
    .command('settings')
    .description(t.statements.settings)
    .option('--distributor <id>', t.statements.distributor)
    .addOption(new Option('--time-zone <name>', t.statements.timeZone).conflicts('operatorTimeZone'))
    .option('--operator-time-zone', t.statements.operatorTimeZone)
    .option('--emails <address...>', t.statements.emails)
    .option('--no-emails', t.statements.noEmails)
    .action(
      cli.run(async (session, { distributor, timeZone, operatorTimeZone, emails }: SettingsOptions) => {
        const body = {
          ...(timeZone !== undefined && { time_zone: timeZone }),
          ...(operatorTimeZone && { time_zone: null }),
          ...(Array.isArray(emails) && { emails }),
          ...(emails === false && { emails: [] }),
        };
        const isAsked = Object.keys(body).length === 0;
        const own = session.client.bind(session);
        const all = session.operator.bind(session);
        const found = await (distributor === undefined
          ? isAsked
            ? own().opentopup.statements.settings(session)
            : own().opentopup.statements.changeSettings(body, session)
          : isAsked
            ? all().statements.settings(distributor, session)
            : all().statements.changeSettings(distributor, body, session));
        session.out.record(found, columns);
      }),
    );
  withExamples(
    settings,
    cli,
    'opentopup statements settings',
    'opentopup statements settings --time-zone Europe/Paris --emails books@shop.example',
  );
}

interface VatOptions {
  rate?: number;
  none?: true;
  onTop?: true;
  since?: string;
}

function defineVat(statements: Command, cli: Cli): void {
  const { t } = cli;
  const vat = statements
    .command('vat')
    .description(t.statements.vat)
    .argument('<product>', t.statements.product)
    .addOption(new Option('--rate <percent>', t.statements.rate).argParser(amount(cli)).conflicts('none'))
    .option('--none', t.statements.none)
    .option('--on-top', t.statements.onTop)
    .option('--since <instant>', t.statements.since)
    .action(
      cli.run(async (session, product: string, { rate, none, onTop, since }: VatOptions) => {
        const operator = session.operator();
        if (rate !== undefined || none) {
          const when = since === undefined ? {} : { since };
          const body = { rate: rate ?? null, included: !onTop, ...when };
          session.out.record(await operator.statements.setVatRate(product, body, session), VAT_COLUMNS);
        } else await session.out.list(operator.statements.vatRates(product, session), VAT_COLUMNS);
      }),
    );
  withExamples(
    vat,
    cli,
    'opentopup statements vat 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 --rate 20',
    'opentopup statements vat 01a20d0a-a88b-7534-b9bb-6cb1c1462c97 --rate 5.5 --on-top --since 2027-01-01T00:00:00Z',
  );
}

/** Defines `statements`: what the months came to, of a distributor or, for the operator, of all. */
export function defineStatements(program: Command, cli: Cli): void {
  const statements = program.command('statements').description(cli.t.statements.about);
  for (const define of [defineList, defineClose, defineDownload, defineSettings, defineVat]) define(statements, cli);
}
