import { randomUUID } from 'node:crypto';
import type { OwnRefillOrder, RefillDecision, RefillOrder } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import { offerId } from './find-offer.ts';
import { needed, oneOf, whole, withExamples } from './verb.ts';

const STATUSES = ['open', 'granted', 'declined', 'withdrawn'] as const;

/** An order of one's own, or of anybody's for the operator. */
type AnyOrder = OwnRefillOrder & Partial<RefillOrder>;

const COLUMNS: Column<AnyOrder>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'units', kind: 'count', of: ({ units }) => units },
  { name: 'available', kind: 'count', of: ({ available }) => available },
  { name: 'reference', kind: 'text', of: ({ reference }) => reference },
  { name: 'justification', kind: 'text', of: ({ justification }) => justification },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
/** What a distributor sees of them. */
const OWN_COLUMNS = COLUMNS.filter(({ name }) => name !== 'distributor' && name !== 'available');

interface Order {
  offer: string;
  units?: number;
  reference?: string;
}

/** Defines `refill`: units that distributors order, and what the operator decides. */
export function defineRefill(program: Command, cli: Cli): void {
  const { t } = cli;
  const refill = program.command('refill').description(t.refill.about);

  const order = refill
    .command('order')
    .description(t.refill.order)
    .addOption(needed('--offer <offer>', t.options.offer))
    .option('--units <number>', t.refill.units, whole(cli, 1))
    .option('--reference <text>', t.refill.reference)
    .action(
      cli.run(async (session, options: Order) => {
        const client = session.client();
        const offer_id = await offerId(session, client, options.offer);
        const units = options.units ?? (await client.opentopup.stock(offer_id, {}, session)).refill.units;
        if (!units) throw new Misuse(t.refill.nothingMissing);
        const body = { offer_id, units, reference: options.reference ?? randomUUID() };
        session.out.record<AnyOrder>(await client.opentopup.refillOrders.create(body, session), OWN_COLUMNS);
      }),
    );
  withExamples(
    order,
    cli,
    "opentopup refill order --offer 'Mobile France 10 EUR'",
    "opentopup refill order --offer 'Mobile France 10 EUR' --units 430 --reference PO-2026-118",
  );

  const list = refill
    .command('list')
    .description(t.refill.list)
    .addOption(oneOf('--status <status>', t.options.status, STATUSES))
    .option('--all', t.refill.all)
    .action(
      cli.run(async (session, { status, all }: { status?: (typeof STATUSES)[number]; all?: true }) => {
        const query = status ? { status } : {};
        const { out } = session;
        if (all) await out.list<AnyOrder>(session.operator().refillOrders.list(query, session), COLUMNS);
        else await out.list<AnyOrder>(session.client().opentopup.refillOrders.list(query, session), OWN_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup refill list', 'opentopup refill list --all --status open');

  const withdraw = refill
    .command('withdraw')
    .description(t.refill.withdraw)
    .argument('<order>', t.refill.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record<AnyOrder>(await session.client().opentopup.refillOrders.withdraw(id, session), OWN_COLUMNS);
      }),
    );
  withExamples(withdraw, cli, 'opentopup refill withdraw 01a20d0b-54d6-77c2-99f0-4ba20661bd02');

  const decide = refill
    .command('decide')
    .description(t.refill.decide)
    .argument('<order>', t.refill.id)
    .addOption(oneOf('--decision <decision>', t.refill.decision, ['grant', 'decline']).makeOptionMandatory())
    .option('--justification <text>', t.refill.justification)
    .action(
      cli.run(async (session, id: string, body: RefillDecision) => {
        session.out.record<AnyOrder>(await session.operator().refillOrders.decide(id, body, session), COLUMNS);
      }),
    );
  withExamples(decide, cli, 'opentopup refill decide 01a20d0b-54d6-77c2-99f0-4ba20661bd02 --decision grant');
}
