import type { Delivery, Event, EventType, Webhook } from '@opentopup/contract';
import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import type { Command } from 'commander';
import { AnswerError } from '../../errors.ts';
import { eventsOf } from '../../events.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import type { Column } from '../output/column.ts';
import { first, oneOf, whole, withExamples } from './verb.ts';

const SHOWN = 20;

/** What is told of an event. */
export const EVENT_COLUMNS: Column<Event>[] = [
  { name: 'date', kind: 'date', of: ({ created }) => created },
  { name: 'type', kind: 'text', of: ({ type }) => type },
  { name: 'event_id', kind: 'id', of: ({ id }) => id },
];
const RESENT: Column<{ webhook: Webhook; delivery: Delivery }>[] = [
  { name: 'url', kind: 'text', of: ({ webhook }) => webhook.url },
  { name: 'status', kind: 'status', of: ({ delivery }) => delivery.status },
  { name: 'attempts', kind: 'count', of: ({ delivery }) => delivery.attempts },
  { name: 'id', kind: 'id', of: ({ webhook }) => webhook.id },
];

/** Defines `events`: what has happened, and telling your endpoints of it again. */
export function defineEvents(program: Command, cli: Cli): void {
  const { t } = cli;
  const events = program.command('events').description(t.events.about);

  const list = events
    .command('list')
    .description(t.events.list)
    .addOption(oneOf('--events <type...>', t.webhooks.events, EVENT_TYPES))
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, { events: types, limit }: { events?: EventType[]; limit: number }) => {
        const told = eventsOf(session.client().opentopup.operations);
        const query = { order: 'newest' as const, limit: Math.min(limit, 100), ...(types && { types }) };
        await session.out.list(first(told.list(query, session), limit), EVENT_COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup events list', 'opentopup events list --events stock.low --limit 5');

  const resend = events
    .command('resend')
    .description(t.events.resend)
    .argument('<event>', t.webhooks.event)
    .action(
      cli.run(async (session, event_id: string) => {
        const { operations } = session.client().opentopup;
        const resent: { webhook: Webhook; delivery: Delivery }[] = [];
        for (const webhook of await operations.call('listWebhooks', {}, session)) {
          const params = { id: webhook.id, event_id };
          try {
            resent.push({ webhook, delivery: await operations.call('resendDelivery', { params }, session) });
          } catch (error) {
            // It was never for this endpoint, which chose other types or came later.
            if (!(error instanceof AnswerError && error.status === 404)) throw error;
          }
        }
        if (resent.length === 0) {
          session.out.warn(t.events.notForAny);
          return EXIT.refused;
        }
        await session.out.list(resent, RESENT);
        return EXIT.ok;
      }),
    );
  withExamples(resend, cli, 'opentopup events resend 01a20d0b-54d6-77c2-99f0-4ba20661bd01');
}
