import type { OperatorParkedOrder, ParkedOrder } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { offerId } from './find-offer.ts';
import { oneOf, withExamples } from './verb.ts';

const STATUSES = ['waiting', 'sold', 'refused', 'cancelled'] as const;
const ORDER = '01a20d0b-54d6-77c2-99f0-4ba20661bd03';

/** An order of one's own, or of anybody's for the operator. */
type AnyParkedOrder = ParkedOrder & Partial<OperatorParkedOrder>;

const COLUMNS: Column<AnyParkedOrder>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'place', kind: 'count', of: ({ place }) => place },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'line', kind: 'line', of: ({ parameters }) => parameters.msisdn ?? parameters.simId },
  { name: 'max_price', kind: 'money', of: ({ max_price }) => max_price, currency: ({ currency }) => currency },
  { name: 'park_until', kind: 'date', of: ({ park_until }) => park_until },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'reference', kind: 'text', of: ({ user_id }) => user_id },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** What a distributor sees of them. */
const OWN_COLUMNS = COLUMNS.filter(({ name }) => name !== 'distributor');

interface Filter {
  all?: true;
  status?: (typeof STATUSES)[number];
  offer?: string;
}

/** Defines `parked`: orders that wait for units. */
export function defineParked(program: Command, cli: Cli): void {
  const { t } = cli;
  const parked = program.command('parked').description(t.parked.about);

  const list = parked
    .command('list')
    .description(t.parked.list)
    .addOption(oneOf('--status <status>', t.options.status, STATUSES))
    .option('--offer <offer>', t.options.offer)
    .option('--all', t.parked.all)
    .action(
      cli.run(async (session, { status, offer, all }: Filter) => {
        if (all) {
          const query = { ...(status && { status }), ...(offer !== undefined && { offer }) };
          await session.out.list<AnyParkedOrder>(session.operator().parkedOrders.list(query, session), COLUMNS);
          return;
        }
        const client = session.client();
        const query = {
          ...(status && { status }),
          ...(offer !== undefined && { offer: await offerId(session, client, offer) }),
        };
        await session.out.list<AnyParkedOrder>(client.opentopup.parkedOrders.list(query, session), OWN_COLUMNS);
      }),
    );
  withExamples(
    list,
    cli,
    'opentopup parked list',
    'opentopup parked list --status waiting',
    'opentopup parked list --all --status waiting',
  );

  const show = parked
    .command('show')
    .description(t.parked.show)
    .argument('<order>', t.parked.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record<AnyParkedOrder>(await session.client().opentopup.parkedOrders.get(id, session), OWN_COLUMNS);
      }),
    );
  withExamples(show, cli, `opentopup parked show ${ORDER}`);

  const cancel = parked
    .command('cancel')
    .description(t.parked.cancel)
    .argument('<order>', t.parked.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record<AnyParkedOrder>(
          await session.client().opentopup.parkedOrders.cancel(id, session),
          OWN_COLUMNS,
        );
      }),
    );
  withExamples(cancel, cli, `opentopup parked cancel ${ORDER}`);
}
