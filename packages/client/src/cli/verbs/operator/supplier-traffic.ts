import type { SupplierCallEntry, SupplierRoute } from '@opentopup/contract';
import { CALL_OUTCOMES } from '@opentopup/contract/catalogue/call-outcomes';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { first, oneOf, whole, withExamples } from '../verb.ts';

const SHOWN = 50;
const SUPPLIER = '7413e966-c97c-11ed-b80c-fa163e78aa28';

const CALLS: Column<SupplierCallEntry>[] = [
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'kind', kind: 'text', of: ({ kind }) => kind },
  { name: 'answer', kind: 'text', of: ({ status, failure }) => status?.toString() ?? failure },
  { name: 'duration_ms', kind: 'count', of: ({ duration_ms }) => duration_ms },
  { name: 'status', kind: 'status', of: ({ transaction_status }) => transaction_status },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
];

const ROUTES: Column<SupplierRoute>[] = [
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'product_name', kind: 'text', of: ({ product_name }) => product_name },
  { name: 'strategy', kind: 'text', of: ({ strategy }) => strategy },
  { name: 'place', kind: 'text', of: ({ place, places }) => `${place}/${places}` },
  { name: 'units_last_day', kind: 'count', of: ({ sold }) => sold },
  { name: 'delivered', kind: 'count', of: ({ delivered }) => delivered },
  { name: 'offer_id', kind: 'id', of: ({ offer_id }) => offer_id },
];

interface Options {
  outcome?: (typeof CALL_OUTCOMES)[number];
  limit: number;
}

/** Defines `supplier calls` and `supplier routes`: what goes through a supplier. */
export function defineSupplierTraffic(supplier: Command, cli: Cli): void {
  const { t } = cli;
  const calls = supplier
    .command('calls')
    .description(t.supplier.calls)
    .argument('<supplier>', t.supplier.id)
    .addOption(oneOf('--outcome <outcome>', t.supplier.outcome, CALL_OUTCOMES))
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, id: string, { outcome, limit }: Options) => {
        const query = outcome === undefined ? {} : { outcome };
        await session.out.list(first(session.operator().suppliers.calls(id, query, session), limit), CALLS);
      }),
    );
  withExamples(calls, cli, `opentopup supplier calls ${SUPPLIER} --outcome no_answer`);

  const routes = supplier
    .command('routes')
    .description(t.supplier.routes)
    .argument('<supplier>', t.supplier.id)
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, id: string, { limit }: Options) => {
        await session.out.list(first(session.operator().suppliers.routes(id, session), limit), ROUTES);
      }),
    );
  withExamples(routes, cli, `opentopup supplier routes ${SUPPLIER}`);
}
