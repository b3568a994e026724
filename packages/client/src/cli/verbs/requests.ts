import type { LoggedRequest, RefusalGroup } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { first, whole, withExamples } from './verb.ts';

const COLUMNS: Column<LoggedRequest>[] = [
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'method', kind: 'text', of: ({ method }) => method },
  { name: 'path', kind: 'text', of: ({ path }) => path },
  { name: 'answer', kind: 'text', of: ({ status }) => status },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'field', kind: 'text', of: ({ field }) => field },
  { name: 'answer_ms', kind: 'count', of: ({ duration_ms }) => duration_ms },
  { name: 'client_id', kind: 'text', of: ({ client_id }) => client_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];
const FIELDS: Column<LoggedRequest>[] = [
  ...COLUMNS,
  { name: 'line_digits', kind: 'count', of: ({ line_digits }) => line_digits },
  { name: 'line_begins', kind: 'text', of: ({ line_begins }) => line_begins },
  { name: 'body', kind: 'text', of: ({ body }) => body },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
  { name: 'chaos', kind: 'text', of: ({ chaos }) => chaos },
];
const GROUP_COLUMNS: Column<RefusalGroup>[] = [
  { name: 'count', kind: 'count', of: ({ count }) => count },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'field', kind: 'text', of: ({ field }) => field },
  { name: 'line_digits', kind: 'count', of: ({ line_digits }) => line_digits },
  { name: 'line_begins', kind: 'text', of: ({ line_begins }) => line_begins },
  { name: 'method', kind: 'text', of: ({ method }) => method },
  { name: 'path', kind: 'text', of: ({ route }) => route },
  { name: 'date', kind: 'date', of: ({ last_date }) => last_date },
  { name: 'id', kind: 'id', of: ({ last_request_id }) => last_request_id },
];

const MOST = 50;

interface Options {
  client?: string;
  reason?: string;
  refused?: true;
  limit?: number;
}

/** Defines `requests`: what one's own programs asked, and were answered. */
export function defineRequests(program: Command, cli: Cli): void {
  const { t } = cli;
  const requests = program.command('requests').description(t.requests.about);

  const list = requests
    .command('list')
    .description(t.requests.list)
    .option('--client <id>', t.requests.client)
    .option('--reason <reason>', t.requests.reason)
    .option('--refused', t.requests.refused)
    .option('--limit <number>', t.requests.limit(MOST), whole(cli, 0))
    .action(
      cli.run(async (session, { client, reason, refused, limit = MOST }: Options) => {
        const query = { ...(client && { client_id: client }), ...(reason && { reason }), ...(refused && { refused }) };
        const found = session.client().opentopup.requests.list(query, session);
        await session.out.list(first(found, limit), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup requests list', 'opentopup requests list --refused --limit 10');

  const show = requests
    .command('show')
    .description(t.requests.show)
    .argument('<request>', t.requests.id)
    .action(
      cli.run(async (session, id: string) => {
        session.out.record(await session.client().opentopup.requests.get(id, session), FIELDS);
      }),
    );
  withExamples(show, cli, 'opentopup requests show 01a20d0b-54d6-77c2-99f0-4ba20661bd02');

  const refusals = requests
    .command('refusals')
    .description(t.requests.refusals)
    .option('--client <id>', t.requests.client)
    .action(
      cli.run(async (session, { client }: Options) => {
        const query = client ? { client_id: client } : {};
        await session.out.list(session.client().opentopup.requests.refusals(query, session), GROUP_COLUMNS);
      }),
    );
  withExamples(refusals, cli, 'opentopup requests refusals');
}
