import type { Credential } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { needed, whole, withExamples } from '../verb.ts';

const COLUMNS: Column<Credential>[] = [
  { name: 'client_id', kind: 'text', of: ({ client_id }) => client_id },
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'requests_per_minute', kind: 'count', of: ({ requests_per_minute }) => requests_per_minute },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'rotation_date', kind: 'date', of: ({ rotation_date }) => rotation_date },
  { name: 'revocation_date', kind: 'date', of: ({ revocation_date }) => revocation_date },
];

type Told = Credential & { client_secret?: string };
const NEW_FIELDS: Column<Told>[] = [
  ...COLUMNS,
  { name: 'client_secret', kind: 'text', of: ({ client_secret }) => client_secret },
];

/** Defines `credential`: the clients of distributors, and their secrets. */
export function defineCredential(program: Command, cli: Cli): void {
  const { t } = cli;
  const credential = program.command('credential').description(t.credential.about);

  const list = credential
    .command('list')
    .description(t.credential.list)
    .argument('<distributor>', t.options.distributor)
    .action(
      cli.run(async (session, distributor: string) => {
        await session.out.list(session.operator().credentials.list(distributor, session), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup credential list 01a20d0a-a88d-74bd-9233-89da2fe5beab');

  const add = credential
    .command('add')
    .description(t.credential.add)
    .argument('<distributor>', t.options.distributor)
    .addOption(needed('--name <name>', t.credential.name))
    .option('--requests-per-minute <number>', t.credential.limit, whole(cli, 1))
    .action(
      cli.run(async (session, distributor: string, options: { name: string; requestsPerMinute?: number }) => {
        const { name, requestsPerMinute } = options;
        const body = { name, ...(requestsPerMinute !== undefined && { requests_per_minute: requestsPerMinute }) };
        session.out.record(await session.operator().credentials.create(distributor, body, session), NEW_FIELDS);
        session.out.note(t.credential.once);
      }),
    );
  withExamples(add, cli, "opentopup credential add 01a20d0a-a88d-74bd-9233-89da2fe5beab --name 'Till 4'");

  const rotate = credential
    .command('rotate')
    .description(t.credential.rotate)
    .argument('<client-id>', t.options.clientId)
    .option('--overlap <seconds>', t.credential.overlap, whole(cli, 0))
    .action(
      cli.run(async (session, clientId: string, { overlap }: { overlap?: number }) => {
        const body = overlap === undefined ? {} : { overlap_s: overlap };
        session.out.record(await session.operator().credentials.rotate(clientId, body, session), NEW_FIELDS);
        session.out.note(t.credential.once);
      }),
    );
  withExamples(rotate, cli, 'opentopup credential rotate till-4-5f0c1d --overlap 3600');

  const revoke = credential
    .command('revoke')
    .description(t.credential.revoke)
    .argument('<client-id>', t.options.clientId)
    .action(
      cli.run(async (session, clientId: string) => {
        session.out.record(await session.operator().credentials.revoke(clientId, session), COLUMNS);
      }),
    );
  withExamples(revoke, cli, 'opentopup credential revoke till-4-5f0c1d');
}
