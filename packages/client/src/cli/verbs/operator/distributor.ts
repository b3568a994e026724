import type { Distributor } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { oneOf, withExamples } from '../verb.ts';

const COLUMNS: Column<Distributor>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'world', kind: 'text', of: ({ world }) => world },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** Defines `distributor`: distributors, as the operator keeps them. */
export function defineDistributor(program: Command, cli: Cli): void {
  const { t } = cli;
  const distributor = program.command('distributor').description(t.distributor.about);

  const list = distributor
    .command('list')
    .description(t.distributor.list)
    .action(
      cli.run(async (session) => {
        await session.out.list(session.operator().distributors.list({}, session), COLUMNS);
      }),
    );
  withExamples(list, cli, 'opentopup distributor list');

  const add = distributor
    .command('add')
    .description(t.distributor.add)
    .argument('<name>', t.options.name)
    .addOption(oneOf('--world <world>', t.distributor.world, ['live', 'sandbox']))
    .action(
      cli.run(async (session, name: string, { world }: { world?: 'live' | 'sandbox' }) => {
        const added = await session.operator().distributors.create({ name, ...(world && { world }) }, session);
        session.out.record(added, COLUMNS);
      }),
    );
  withExamples(add, cli, "opentopup distributor add 'Airport shop'");

  const change = (name: string, about: string, status: Distributor['status']): void => {
    const command = distributor
      .command(name)
      .description(about)
      .argument('<distributor>', t.options.distributor)
      .action(
        cli.run(async (session, id: string) => {
          session.out.record(await session.operator().distributors.change(id, { status }, session), COLUMNS);
        }),
      );
    withExamples(command, cli, `opentopup distributor ${name} 01a20d0a-a88d-74bd-9233-89da2fe5beab`);
  };
  change('suspend', t.distributor.suspend, 'suspended');
  change('resume', t.distributor.resume, 'active');
}
