import type { EventType, NewWebhook, Webhook, WebhookChange } from '@opentopup/contract';
import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { defineDeliveries } from './deliveries.ts';
import { oneOf, whole, withExamples } from './verb.ts';

const WEBHOOK = '01a20d0a-a88e-7c52-8f7f-3a0f5c1d9e24';
/** No type in particular. */
const ALL = 'all';

const COLUMNS: Column<Webhook>[] = [
  { name: 'url', kind: 'text', of: ({ url }) => url },
  { name: 'events', kind: 'text', of: ({ events }) => events.join(',') || ALL },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'pause_reason', kind: 'status', of: ({ pause_reason }) => pause_reason },
  { name: 'failing_since_date', kind: 'date', of: ({ failing_since_date }) => failing_since_date },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
const FIELDS: Column<Webhook & Partial<NewWebhook>>[] = [
  ...COLUMNS,
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'old_secret_expiration_date', kind: 'date', of: (webhook) => webhook.old_secret_expiration_date },
  { name: 'secret', kind: 'text', of: ({ secret }) => secret },
];

interface Options {
  url?: string;
  events?: (EventType | typeof ALL)[];
}

/** The types that were named; none of them stands for all. */
const eventsOf = (named: NonNullable<Options['events']>): EventType[] =>
  named.flatMap((type) => (type === ALL || named.includes(ALL) ? [] : [type]));

const change = async (session: CliSession, id: string, body: WebhookChange): Promise<void> => {
  const { operations } = session.client().opentopup;
  session.out.record(await operations.call('changeWebhook', { params: { id }, body }, session), FIELDS);
};

function defineAddAndChange(webhooks: Command, cli: Cli): void {
  const { t } = cli;
  const types = () => oneOf('--events <type...>', t.webhooks.events, [...EVENT_TYPES, ALL]);

  const add = webhooks
    .command('add')
    .description(t.webhooks.add)
    .argument('<url>', t.webhooks.url)
    .addOption(types())
    .action(
      cli.run(async (session, url: string, { events = [] }: Options) => {
        const { operations } = session.client().opentopup;
        const body = { url, events: eventsOf(events) };
        session.out.record(await operations.call('createWebhook', { body }, session), FIELDS);
        session.out.note(t.credential.once);
      }),
    );
  withExamples(
    add,
    cli,
    'opentopup webhooks add https://shop.example/opentopup',
    'opentopup webhooks add https://shop.example/opentopup --events transaction.resolved stock.low',
  );

  const changed = webhooks
    .command('change')
    .description(t.webhooks.change)
    .argument('<webhook>', t.webhooks.id)
    .option('--url <url>', t.webhooks.url)
    .addOption(types())
    .action(
      cli.run(async (session, id: string, { url, events }: Options) => {
        await change(session, id, { ...(url !== undefined && { url }), ...(events && { events: eventsOf(events) }) });
      }),
    );
  withExamples(changed, cli, `opentopup webhooks change ${WEBHOOK} --events all`);
}

/** Defines `webhooks`: endpoints that are told what happens. */
export function defineWebhooks(program: Command, cli: Cli): void {
  const { t } = cli;
  const webhooks = program.command('webhooks').description(t.webhooks.about);

  const list = webhooks
    .command('list')
    .description(t.webhooks.list)
    .action(
      cli.run(async (session) => {
        const { operations } = session.client().opentopup;
        await session.out.list(await operations.call('listWebhooks', {}, session), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup webhooks list');

  defineAddAndChange(webhooks, cli);

  for (const [name, status] of [
    ['pause', 'paused'],
    ['activate', 'active'],
  ] as const) {
    const verb = webhooks
      .command(name)
      .description(t.webhooks[name])
      .argument('<webhook>', t.webhooks.id)
      .action(cli.run((session, id: string) => change(session, id, { status })));
    withExamples(verb, cli, `opentopup webhooks ${name} ${WEBHOOK}`);
  }

  const rotate = webhooks
    .command('rotate')
    .description(t.webhooks.rotate)
    .argument('<webhook>', t.webhooks.id)
    .option('--overlap <seconds>', t.webhooks.overlap, whole(cli, 0))
    .action(
      cli.run(async (session, id: string, { overlap }: { overlap?: number }) => {
        const { operations } = session.client().opentopup;
        const body = overlap === undefined ? {} : { overlap_s: overlap };
        session.out.record(await operations.call('rotateWebhook', { params: { id }, body }, session), FIELDS);
        session.out.note(t.credential.once);
      }),
    );
  withExamples(rotate, cli, `opentopup webhooks rotate ${WEBHOOK} --overlap 3600`);

  defineDeliveries(webhooks, cli, WEBHOOK);

  const remove = webhooks
    .command('remove')
    .description(t.webhooks.remove)
    .argument('<webhook>', t.webhooks.id)
    .action(
      cli.run(async (session, id: string) => {
        const { operations } = session.client().opentopup;
        session.out.record(await operations.call('deleteWebhook', { params: { id } }, session), FIELDS);
        session.out.note(t.webhooks.removed);
      }),
    );
  withExamples(remove, cli, `opentopup webhooks remove ${WEBHOOK}`);
}
