import type { Delivery } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { first, oneOf, whole, withExamples } from './verb.ts';

const SHOWN = 50;
const EVENT = '01a20d0b-54d6-77c2-99f0-4ba20661bd01';
const STATUSES = ['pending', 'delivered', 'dead'] as const satisfies Delivery['status'][];

const COLUMNS: Column<Delivery>[] = [
  { name: 'type', kind: 'text', of: ({ type }) => type },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'attempts', kind: 'count', of: ({ attempts }) => attempts },
  { name: 'last_attempt_date', kind: 'date', of: ({ last_attempt_date }) => last_attempt_date },
  { name: 'next_attempt_date', kind: 'date', of: ({ next_attempt_date }) => next_attempt_date },
  { name: 'error', kind: 'words', of: ({ error }) => error },
  { name: 'event_id', kind: 'id', of: ({ event_id }) => event_id },
];

/** Defines the commands for what an endpoint is sent: a test, the log, and sending again. */
export function defineDeliveries(webhooks: Command, cli: Cli, webhook: string): void {
  const { t } = cli;

  const test = webhooks
    .command('test')
    .description(t.webhooks.test)
    .argument('<webhook>', t.webhooks.id)
    .action(
      cli.run(async (session, id: string) => {
        const { operations } = session.client().opentopup;
        session.out.record(await operations.call('testWebhook', { params: { id } }, session), COLUMNS);
        session.out.note(t.webhooks.seeDeliveries(id));
      }),
    );
  withExamples(test, cli, `opentopup webhooks test ${webhook}`);

  const deliveries = webhooks
    .command('deliveries')
    .description(t.webhooks.deliveries)
    .argument('<webhook>', t.webhooks.id)
    .addOption(oneOf('--status <status>', t.options.status, STATUSES))
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, id: string, options: { status?: Delivery['status']; limit: number }) => {
        const { status, limit } = options;
        const input = { params: { id }, query: status ? { status } : {} };
        const all = session.client().opentopup.operations.each('listDeliveries', input, session);
        await session.out.list<Delivery>(first(all, limit), COLUMNS);
      }),
    );
  withExamples(deliveries, cli, `opentopup webhooks deliveries ${webhook} --status dead`);

  const resend = webhooks
    .command('resend')
    .description(t.webhooks.resend)
    .argument('<webhook>', t.webhooks.id)
    .argument('<event>', t.webhooks.event)
    .action(
      cli.run(async (session, id: string, event_id: string) => {
        const { operations } = session.client().opentopup;
        const params = { id, event_id };
        session.out.record(await operations.call('resendDelivery', { params }, session), COLUMNS);
        session.out.note(t.webhooks.seeDeliveries(id));
      }),
    );
  withExamples(resend, cli, `opentopup webhooks resend ${webhook} ${EVENT}`);
}
