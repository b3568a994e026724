import type { OwnReversalRequest, ReversalReason, ReversalRequest } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { needed, oneOf, withExamples } from './verb.ts';

const REASONS: readonly ReversalReason[] = ['not_delivered', 'refunded', 'mistake', 'fraud', 'other'];
const STATUSES = ['open', 'approved', 'declined'] as const;
const SALE = '01a20d0b-54d6-77c2-99f0-4ba20661bd01';

interface Wish {
  reason: ReversalReason;
  justification: string;
}

/** A request of one's own, or of anybody's for the operator. */
type AnyRequest = OwnReversalRequest & Partial<ReversalRequest>;

const COLUMNS: Column<AnyRequest>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'origin', kind: 'text', of: ({ origin }) => origin },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  {
    name: 'resell_value',
    kind: 'money',
    of: ({ resell_value }) => resell_value,
    currency: ({ currency }) => currency,
  },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'justification', kind: 'text', of: ({ justification }) => justification },
  { name: 'handed_over', kind: 'text', of: ({ handed_over }) => handed_over },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
/** What a distributor sees of them. */
const OWN_COLUMNS = COLUMNS.filter(({ name }) => !['distributor', 'origin', 'handed_over'].includes(name));

const withWish = (command: Command, { t }: Cli): Command =>
  command
    .argument('<transaction>', t.options.transaction)
    .addOption(oneOf('--reason <reason>', t.reversal.reason, REASONS).makeOptionMandatory())
    .addOption(needed('--justification <text>', t.options.justification));

/** Defines the requests of a distributor that sales of its own are reversed. */
export function defineReversalRequests(program: Command, cli: Cli): void {
  const { t } = cli;
  const request = withWish(program.command('request-reversal').description(t.reversal.request), cli).action(
    cli.run(async (session, id: string, wish: Wish) => {
      const { reversalRequests } = session.client().opentopup;
      session.out.record<AnyRequest>(await reversalRequests.create(id, wish, session), OWN_COLUMNS);
    }),
  );
  withExamples(request, cli, `opentopup request-reversal ${SALE} --reason not_delivered --justification 'Ticket 4711'`);

  const list = program
    .command('reversal-requests')
    .description(t.reversal.requests)
    .addOption(oneOf('--status <status>', t.options.status, STATUSES))
    .option('--all', t.reversal.all)
    .action(
      cli.run(async (session, { status, all }: { status?: (typeof STATUSES)[number]; all?: true }) => {
        const query = status ? { status } : {};
        const { out } = session;
        if (all) await out.list<AnyRequest>(session.operator().reversalRequests.list(query, session), COLUMNS);
        else await out.list<AnyRequest>(session.client().opentopup.reversalRequests.list(query, session), OWN_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup reversal-requests', 'opentopup reversal-requests --all --status open');
}

/** Defines the reversals of the operator, and its decisions about who wants one. */
export function defineReversals(program: Command, cli: Cli): void {
  const { t } = cli;
  const reverse = withWish(program.command('reverse').description(t.reversal.about), cli).action(
    cli.run(async (session, id: string, wish: Wish) => {
      const request = await session.operator().transactions.reverse(id, wish, session);
      if (request.status === 'open') session.out.warn(t.reversal.secondPerson);
      session.out.record<AnyRequest>(request, COLUMNS);
    }),
  );
  withExamples(reverse, cli, `opentopup reverse ${SALE} --reason not_delivered --justification 'Ticket 4711'`);

  const decide = program
    .command('decide-reversal')
    .description(t.reversal.decide)
    .argument('<request>', t.reversal.id)
    .addOption(oneOf('--decision <decision>', t.reversal.decision, ['approve', 'decline']).makeOptionMandatory())
    .addOption(needed('--justification <text>', t.options.justification))
    .action(
      cli.run(async (session, id: string, body: { decision: 'approve' | 'decline'; justification: string }) => {
        session.out.record<AnyRequest>(await session.operator().reversalRequests.decide(id, body, session), COLUMNS);
      }),
    );
  withExamples(
    decide,
    cli,
    "opentopup decide-reversal 01a20d0b-54d6-77c2-99f0-4ba20661bd02 --decision approve --justification 'No trace of it'",
  );
}
