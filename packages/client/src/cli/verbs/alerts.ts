import type { Alert, AlertChat, AlertTest } from '@opentopup/contract';
import { STAFF_LANGUAGES, type StaffLanguage } from '@opentopup/contract/messages/staff-messages';
import type { Command } from 'commander';
import { askSecret } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
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
  { name: 'chat_failure_date', kind: 'date', of: ({ chat }) => chat?.failure_date },
  { name: 'crossed', kind: 'text', of: ({ crossed }) => crossed.map(({ offer_name }) => offer_name).join(', ') },
  { name: 'offer_id', kind: 'id', of: ({ offer_id }) => offer_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
const TEST_COLUMNS: Column<AlertTest>[] = [
  { name: 'channel', kind: 'text', of: ({ channel }) => channel },
  { name: 'address', kind: 'text', of: ({ address }) => address },
  { name: 'error', kind: 'words', of: ({ error }) => error },
];

interface Thresholds {
  units?: number;
  days?: number;
  email?: string[];
  /** Its address; true where that is to be asked for. */
  chat?: string | true;
}

/** What a chat is written to in; that of whoever sets it, unless told. */
interface InLanguage {
  chatLanguage?: StaffLanguage;
}

/** What is false was taken away on purpose. */
type Change = { [Name in keyof Thresholds]: Thresholds[Name] | false };

/** Gives the chat that is meant. Its address is a secret, so it need not stand on the command line. */
const chatFrom = async (
  session: CliSession,
  url: string | true,
  { chatLanguage = session.locale.language }: InLanguage,
): Promise<AlertChat> => ({
  url: url === true ? await askSecret(session, session.t.alerts.askChat) : url,
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
    .option('--chat [url]', t.alerts.chat)
    .addOption(oneOf('--chat-language <language>', t.alerts.chatLanguage, STAFF_LANGUAGES))
    .action(
      cli.run(async (session, options: Thresholds & InLanguage & { offer?: string }) => {
        const client = session.client();
        const body = {
          ...(options.offer !== undefined && { offer_id: await offerId(session, client, options.offer) }),
          ...(options.units !== undefined && { units: options.units }),
          ...(options.days !== undefined && { days_of_cover: options.days }),
          ...(options.email && { emails: options.email }),
          ...(options.chat !== undefined && { chat: await chatFrom(session, options.chat, options) }),
        };
        session.out.record(await client.opentopup.alerts.create(body, session), COLUMNS);
      }),
    );
  withExamples(
    add,
    cli,
    'opentopup alerts add --days 3',
    "opentopup alerts add --offer 'Mobile France 10 EUR' --units 50 --email stock@shop.example",
    'opentopup alerts add --units 20 --chat < chat.txt',
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
    .option('--chat [url]', t.alerts.chat)
    .addOption(oneOf('--chat-language <language>', t.alerts.chatLanguage, STAFF_LANGUAGES))
    .option('--no-chat', t.alerts.noChat)
    .action(
      cli.run(async (session, id: string, options: Change & InLanguage) => {
        const body = {
          ...(options.units !== undefined && { units: options.units === false ? null : options.units }),
          ...(options.days !== undefined && { days_of_cover: options.days === false ? null : options.days }),
          ...(options.email !== undefined && { emails: options.email || [] }),
          ...(options.chat !== undefined && {
            chat: options.chat === false ? null : await chatFrom(session, options.chat, options),
          }),
        };
        session.out.record(await session.client().opentopup.alerts.change(id, body, session), COLUMNS);
      }),
    );
  withExamples(
    change,
    cli,
    `opentopup alerts change ${ALERT} --units 20 --no-days`,
    `opentopup alerts change ${ALERT} --chat`,
  );
}

function defineTest(alerts: Command, cli: Cli): void {
  const { t } = cli;
  const test = alerts
    .command('test')
    .description(t.alerts.test)
    .argument('<alert>', t.alerts.id)
    .action(
      cli.run(async (session, id: string) => {
        const tests = await session.client().opentopup.alerts.test(id, session);
        if (tests.length > 0) await session.out.list(tests, TEST_COLUMNS);
        else session.out.warn(t.alerts.noAddress);
        return tests.some(({ error }) => error !== undefined) ? EXIT.failed : EXIT.ok;
      }),
    );
  withExamples(test, cli, `opentopup alerts test ${ALERT}`);
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
  defineTest(alerts, cli);

  const remove = alerts
    .command('remove')
    .description(t.alerts.remove)
    .argument('<alert>', t.alerts.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record(await session.client().opentopup.alerts.delete(id, session), COLUMNS);
        session.out.note(t.alerts.removed);
      }),
    );
  withExamples(remove, cli, `opentopup alerts remove ${ALERT}`);
}
