import type { EventTrigger, SandboxClock } from '@opentopup/contract';
import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import { Argument, type Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { EVENT_COLUMNS } from './events.ts';
import { days, withExamples } from './verb.ts';

const DAY_S = 86_400;
const COLUMNS: Column<SandboxClock>[] = [{ name: 'ahead_s', kind: 'count', of: ({ ahead_s }) => ahead_s }];

/** Defines `trigger`: an example of an event, for a program that is told of events. */
export function defineTrigger(program: Command, cli: Cli): void {
  const { t } = cli;
  const types = EVENT_TYPES.filter((type) => type !== 'webhook.test');
  const trigger = program
    .command('trigger')
    .description(t.trigger.about)
    .addArgument(new Argument('<type>', t.trigger.type).choices(types))
    .action(
      cli.run(async (session, type: EventTrigger['type']) => {
        session.out.record(await session.client().opentopup.sandbox.trigger(type, session), EVENT_COLUMNS);
      }),
    );
  withExamples(trigger, cli, 'opentopup trigger stock.low', 'opentopup --profile sandbox trigger transaction.resolved');
}

/** Defines `clock`: the clock of a sandbox. */
export function defineClock(program: Command, cli: Cli): void {
  const { t } = cli;
  const clock = program
    .command('clock')
    .description(t.clock.about)
    .option('--ahead-days <days>', t.clock.ahead, days(cli))
    .action(
      cli.run(async (session, { aheadDays }: { aheadDays?: number }) => {
        const { sandbox } = session.client().opentopup;
        const shown =
          aheadDays === undefined
            ? await sandbox.clock(session)
            : await sandbox.moveClock({ ahead_s: Math.round(aheadDays * DAY_S) }, session);
        session.out.record(shown, COLUMNS);
      }),
    );
  withExamples(clock, cli, 'opentopup --profile sandbox clock', 'opentopup --profile sandbox clock --ahead-days 31');
}
