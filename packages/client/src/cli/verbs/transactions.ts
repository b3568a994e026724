import type { AdminTransaction, TransactionFilters, TransactionTotals } from '@opentopup/contract';
import { type Command, Option } from 'commander';
import type { Transaction } from '../../index.ts';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { offerId, offerIdAmong } from './find-offer.ts';
import { followTransactions } from './follow-transactions.ts';
import { chosenSheetForm, type SheetOptions, streamed, withSheetOptions } from './sheet-options.ts';
import { TRANSACTION_COLUMNS } from './transaction-columns.ts';
import { first, oneOf, whole, withExamples } from './verb.ts';

const STATUSES = ['created', 'pending', 'ok', 'ko', 'expired'] as const;
const SHOWN = 50;

interface Options extends SheetOptions {
  from?: string;
  to?: string;
  status?: (typeof STATUSES)[number];
  offer?: string;
  supplier?: string;
  reference?: string;
  line?: string;
  lineEnding?: string;
  voucher?: string;
  limit: number;
  follow?: true;
  totals?: true;
  all?: true;
  distributor?: string;
}

/** A transaction of any distributor in a list. */
const ALL_COLUMNS: Column<AdminTransaction>[] = [
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  ...TRANSACTION_COLUMNS,
];

type Total = TransactionTotals['totals'][number];
const currency = (total: Total): string => total.currency;
const TOTAL_COLUMNS: Column<Total>[] = [
  { name: 'world', kind: 'text', of: ({ world }) => world },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'transactions', kind: 'count', of: ({ transactions }) => transactions },
  { name: 'public_price', kind: 'money', of: ({ public_price }) => public_price, currency },
  { name: 'resell_value', kind: 'money', of: ({ resell_value }) => resell_value, currency },
  { name: 'margin', kind: 'money', of: ({ margin }) => margin, currency },
  { name: 'currency', kind: 'text', of: currency },
];

/** Shows what sales add up to, instead of them. */
async function showTotals({ out, t, locale }: CliSession, { totals, complete }: TransactionTotals, options: Options) {
  const form = chosenSheetForm(options, locale, 'totals');
  await (form ? out.sheet(streamed(totals), TOTAL_COLUMNS, form) : out.list(totals, TOTAL_COLUMNS));
  if (!complete) out.warn(t.transactions.incomplete);
}

/** @param idOf finds the offer that was named */
async function filtersOf(options: Options, idOf: (offer: string) => Promise<string>): Promise<TransactionFilters> {
  const { from, to, status, offer, supplier, reference, line, lineEnding, voucher } = options;
  return {
    ...(from !== undefined && { startDate: from }),
    ...(to !== undefined && { endDate: to }),
    ...(status && { status }),
    ...(offer !== undefined && { offer: await idOf(offer) }),
    ...(supplier !== undefined && { supplier }),
    ...(reference !== undefined && { user: reference }),
    ...(line !== undefined && { line }),
    ...(lineEnding !== undefined && { line_ending: lineEnding }),
    ...(voucher !== undefined && { voucher }),
  };
}

async function showList<T>(
  { out, locale }: CliSession,
  list: AsyncIterable<T>,
  columns: Column<T>[],
  options: Options,
): Promise<void> {
  const sales = first(list, options.limit);
  const form = chosenSheetForm(options, locale, 'transactions');
  await (form ? out.sheet(sales, columns, form) : out.list(sales, columns));
}

async function showOwn(session: CliSession, options: Options): Promise<void> {
  const { signal } = session;
  const client = session.client();
  const filters = await filtersOf(options, (offer) => offerId(session, client, offer));
  if (options.totals) return showTotals(session, await client.opentopup.transactionTotals(filters, session), options);
  if (options.follow) return followTransactions(session, client, filters, options.limit);
  await showList<Transaction>(session, client.transactions.list(filters, { signal }), TRANSACTION_COLUMNS, options);
}

async function showAll(session: CliSession, options: Options): Promise<void> {
  const { signal } = session;
  const operator = session.operator();
  const of = options.distributor === undefined ? {} : { distributor: options.distributor };
  const filters = await filtersOf(options, (offer) =>
    offerIdAmong(session, offer, () => operator.offers.list(of, { signal })),
  );
  if (options.totals) {
    return showTotals(session, await operator.transactions.totals({ ...filters, ...of }, session), options);
  }
  await showList(session, operator.transactions.list({ ...filters, ...of }, { signal }), ALL_COLUMNS, options);
}

/** Defines `transactions`: what was sold. */
export function defineTransactions(program: Command, cli: Cli): void {
  const { t } = cli;
  const command = program
    .command('transactions')
    .description(t.transactions.about)
    .option('--from <date>', t.options.from)
    .option('--to <date>', t.options.to)
    .addOption(oneOf('--status <status>', t.options.status, STATUSES))
    .option('--offer <offer>', t.options.offer)
    .option('--supplier <id>', t.options.supplier)
    .option('--reference <text>', t.options.byReference)
    .option('--line <number>', t.options.byLine)
    .option('--line-ending <digits>', t.options.byLineEnding)
    .option('--voucher <text>', t.options.byVoucher)
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .addOption(new Option('--follow', t.options.follow).conflicts(['for', 'xlsx']))
    .addOption(new Option('--totals', t.transactions.totals).conflicts('follow'))
    .addOption(new Option('--all', t.transactions.all).conflicts('follow'))
    .addOption(new Option('--distributor <id>', t.transactions.distributor).implies({ all: true }).conflicts('follow'))
    .action(cli.run((session, options: Options) => (options.all ? showAll : showOwn)(session, options)));
  withSheetOptions(command, cli);
  withExamples(
    command,
    cli,
    'opentopup transactions --status pending',
    "opentopup transactions --line '06 84 58 75 87'",
    'opentopup transactions --from 2026-11-01 --to 2026-11-30 --limit 100000 > november.tsv',
    'opentopup transactions --from 2026-11-01 --to 2026-11-30 --limit 100000 --xlsx > november.xlsx',
    'opentopup transactions --from 2026-11-01 --to 2026-11-30 --totals',
    'opentopup transactions --follow',
    'opentopup transactions --all --status pending',
  );
}
