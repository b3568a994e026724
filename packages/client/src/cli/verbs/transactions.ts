import type { TransactionFilters } from '@opentopup/contract';
import { type Command, Option } from 'commander';
import type { Transaction, TravelB2B } from '../../index.ts';
import type { Cli } from '../cli.ts';
import type { Session } from '../session.ts';
import { offerId } from './find-offer.ts';
import { followTransactions } from './follow-transactions.ts';
import { type SheetOptions, sheetFormOf, withSheetOptions } from './sheet-options.ts';
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
  limit: number;
  follow?: true;
}

async function filtersOf(session: Session, client: TravelB2B, options: Options): Promise<TransactionFilters> {
  const { from, to, status, offer, supplier, reference, line } = options;
  return {
    ...(from !== undefined && { startDate: from }),
    ...(to !== undefined && { endDate: to }),
    ...(status && { status }),
    ...(offer !== undefined && { offer: await offerId(session, client, offer) }),
    ...(supplier !== undefined && { supplier }),
    ...(reference !== undefined && { user: reference }),
    ...(line !== undefined && { line }),
  };
}

/** What was sold. */
export function addTransactions(program: Command, cli: Cli): void {
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
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .addOption(new Option('--follow', t.options.follow).conflicts(['for', 'xlsx']))
    .action(
      cli.run(async (session, options: Options) => {
        const { out, signal } = session;
        const client = session.client();
        const filters = await filtersOf(session, client, options);
        if (options.follow) return followTransactions(session, client, filters, options.limit);
        const sales = first<Transaction>(client.transactions.list(filters, { signal }), options.limit);
        const form = sheetFormOf(options, session.locale, 'transactions');
        await (form ? out.sheet(sales, TRANSACTION_COLUMNS, form) : out.list(sales, TRANSACTION_COLUMNS));
      }),
    );
  withSheetOptions(command, cli);
  withExamples(
    command,
    cli,
    'opentopup transactions --status pending',
    "opentopup transactions --line '06 84 58 75 87'",
    'opentopup transactions --from 2026-11-01 --to 2026-11-30 --limit 100000 > november.tsv',
    'opentopup transactions --from 2026-11-01 --to 2026-11-30 --limit 100000 --xlsx > november.xlsx',
    'opentopup transactions --follow',
  );
}
