import type { TransactionFilters } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Transaction, TravelB2B } from '../../index.ts';
import type { Cli } from '../cli.ts';
import type { Session } from '../session.ts';
import { offerId } from './find-offer.ts';
import { followTransactions } from './follow-transactions.ts';
import { TRANSACTION_COLUMNS } from './transaction-columns.ts';
import { first, oneOf, whole, withExamples } from './verb.ts';

const STATUSES = ['created', 'pending', 'ok', 'ko', 'expired'] as const;
const SHOWN = 50;

interface Options {
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
    .option('--follow', t.options.follow)
    .action(
      cli.run(async (session, options: Options) => {
        const { out, signal } = session;
        const client = session.client();
        const filters = await filtersOf(session, client, options);
        if (!options.follow) {
          await out.list<Transaction>(
            first(client.transactions.list(filters, { signal }), options.limit),
            TRANSACTION_COLUMNS,
          );
          return;
        }
        await followTransactions(session, client, filters, options.limit);
      }),
    );
  withExamples(
    command,
    cli,
    'opentopup transactions --status pending',
    "opentopup transactions --line '06 84 58 75 87'",
    'opentopup transactions --from 2026-11-01 --to 2026-11-30 --limit 100000 > november.tsv',
    'opentopup transactions --follow',
  );
}
