import type { Alert, AlertChat } from '@opentopup/contract';
import { STAFF_LANGUAGES, type StaffLanguage } from '@opentopup/contract/messages/staff-messages';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { offerId } from './find-offer.ts';
import { days, oneOf, whole, withExamples } from './verb.ts';

const ALERT = '01a20d0a-a88f-7d61-a0c5-5b2e7f9a1c37';

const COLUMNS: Column<Alert>[] = [
  { name: 'threshold', kind: 'count', of: ({ units }) => units },
  { name: 'days_of_cover', kind: 'count', of: ({ days_of_cover }) => days_of_cover },
  { name: 'emails', kind: 'text', of: ({ emails }) => emails.join(',') },
  { name: 'chat', kind: 'text', of: ({ chat }) => chat?.address },
  { name: 'chat_stop_date', kind: 'date', of: ({ chat }) => chat?.stop_date },
  { name: 'crossed', kind: 'text', of: ({ crossed }) => crossed.map(({ offer_name }) => offer_name).join(', ') },
  { name: 'offer_id', kind: 'id', of: ({ offer_id }) => offer_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

interface Thresholds {
  units?: number;
  days?: number;
  email?: string[];
  chat?: string;
}

/** What a chat is written to in; that of whoever sets it, unless told. */
interface InLanguage {
  chatLanguage?: StaffLanguage;
}

/** What is false was taken away on purpose. */
type Change = { [Name in keyof Thresholds]: Thresholds[Name] | false };

const chatFrom = (
  session: CliSession,
  url: string,
  { chatLanguage = session.locale.language }: InLanguage,
): AlertChat => ({
  url,
  language: chatLanguage,
});

function defineAdd(alerts: Command, cli: Cli): void {
  const { t } = cli;
  const add = alerts
    .command('add')
    .description(t.alerts.add)
    .option('--offer <offer>', t.alerts.offer)
    .option('--units <number>', t.alerts.units, whole(cli, 1))
    .option('--days <number>', t.alerts.days, days(cli))
    .option('--email <address...>', t.alerts.email)
    .option('--chat <url>', t.alerts.chat)
    .addOption(oneOf('--chat-language <language>', t.alerts.chatLanguage, STAFF_LANGUAGES))
    .action(
      cli.run(async (session, options: Thresholds & InLanguage & { offer?: string }) => {
        const client = session.client();
        const body = {
          ...(options.offer !== undefined && { offer_id: await offerId(session, client, options.offer) }),
          ...(options.units !== undefined && { units: options.units }),
          ...(options.days !== undefined && { days_of_cover: options.days }),
          ...(options.email && { emails: options.email }),
          ...(options.chat !== undefined && { chat: chatFrom(session, options.chat, options) }),
        };
        session.out.record(await client.opentopup.alerts.create(body, session), COLUMNS);
      }),
    );
  withExamples(
    add,
    cli,
    'opentopup alerts add --days 3',
    "opentopup alerts add --offer 'Mobile France 10 EUR' --units 50 --email stock@shop.example",
  );
}

function defineChange(alerts: Command, cli: Cli): void {
  const { t } = cli;
  const change = alerts
    .command('change')
    .description(t.alerts.change)
    .argument('<alert>', t.alerts.id)
    .option('--units <number>', t.alerts.units, whole(cli, 1))
    .option('--no-units', t.alerts.noUnits)
    .option('--days <number>', t.alerts.days, days(cli))
    .option('--no-days', t.alerts.noDays)
    .option('--email <address...>', t.alerts.email)
    .option('--no-email', t.alerts.noEmail)
    .option('--chat <url>', t.alerts.chat)
    .addOption(oneOf('--chat-language <language>', t.alerts.chatLanguage, STAFF_LANGUAGES))
    .option('--no-chat', t.alerts.noChat)
    .action(
      cli.run(async (session, id: string, options: Change & InLanguage) => {
        const body = {
          ...(options.units !== undefined && { units: options.units === false ? null : options.units }),
          ...(options.days !== undefined && { days_of_cover: options.days === false ? null : options.days }),
          ...(options.email !== undefined && { emails: options.email || [] }),
          ...(options.chat !== undefined && {
            chat: options.chat === false ? null : chatFrom(session, options.chat, options),
          }),
        };
        session.out.record(await session.client().opentopup.alerts.change(id, body, session), COLUMNS);
      }),
    );
  withExamples(change, cli, `opentopup alerts change ${ALERT} --units 20 --no-days`);
}

/** Defines `alerts`: when somebody wants to be told of stocks. */
export function defineAlerts(program: Command, cli: Cli): void {
  const { t } = cli;
  const alerts = program.command('alerts').description(t.alerts.about);

  const list = alerts
    .command('list')
    .description(t.alerts.list)
    .action(
      cli.run(async (session) => {
        await session.out.list(session.client().opentopup.alerts.list(session), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup alerts list');

  defineAdd(alerts, cli);
  defineChange(alerts, cli);

  const remove = alerts
    .command('remove')
    .description(t.alerts.remove)
    .argument('<alert>', t.alerts.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record(await session.client().opentopup.alerts.delete(id, session), COLUMNS);
      }),
    );
  withExamples(remove, cli, `opentopup alerts remove ${ALERT}`);
}
