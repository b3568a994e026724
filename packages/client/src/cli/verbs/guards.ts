import type { DistributorSettings, DistributorSettingsChange } from '@opentopup/contract';
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { whole, withExamples } from './verb.ts';

/** What is false was switched off on purpose. */
type Choices = Record<string, number | false | undefined>;
type Setting = keyof DistributorSettings;
interface Of {
  distributor?: string;
}

const DISTRIBUTOR = '01a20d0a-a88d-74bd-9233-89da2fe5beab';
const wordOf = (guard: Setting): string => guard.replaceAll('_', '-');
const keyOf = (guard: Setting): string => guard.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** Defines `guards`: the guards of the sales of a distributor, its own or, for the operator, anybody's. */
export function defineGuards(program: Command, cli: Cli): void {
  const { t } = cli;
  const names = Object.keys(t.guards.fields) as Setting[];
  const columns = names.map(
    (name): Column<DistributorSettings> => ({ name, kind: 'text', of: (settings) => settings[name] ?? t.guards.isOff }),
  );
  const guards = program.command('guards').description(t.guards.about);

  const show = guards
    .command('show')
    .description(t.guards.show)
    .option('--distributor <id>', t.guards.distributor)
    .action(
      cli.run(async (session, { distributor }: Of) => {
        const settings = await (distributor === undefined
          ? session.client().opentopup.settings.get(session)
          : session.operator().distributors.settings(distributor, session));
        session.out.record(settings, columns);
      }),
    );
  withExamples(show, cli, 'opentopup guards show', `opentopup guards show --distributor ${DISTRIBUTOR}`);

  const set = guards.command('set').description(t.guards.set).option('--distributor <id>', t.guards.distributor);
  for (const name of names) {
    set.addOption(new Option(`--${wordOf(name)} <number>`, t.guards.fields[name]).argParser(whole(cli, 1)));
    set.option(`--no-${wordOf(name)}`, t.guards.off);
  }
  set.action(
    cli.run(async (session, { distributor, ...options }: Choices & Of) => {
      const body: DistributorSettingsChange = {};
      for (const name of names) {
        const choice = options[keyOf(name)];
        if (choice !== undefined) body[name] = choice === false ? null : choice;
      }
      const settings = await (distributor === undefined
        ? session.client().opentopup.settings.change(body, session)
        : session.operator().distributors.changeSettings(distributor, body, session));
      session.out.record(settings, columns);
    }),
  );
  withExamples(
    set,
    cli,
    'opentopup guards set --repeat-guard-minutes 5 --line-units-per-day 10',
    'opentopup guards set --no-line-units-per-day',
  );
}
