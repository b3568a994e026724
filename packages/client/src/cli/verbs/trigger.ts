import type { EventTrigger } from '@opentopup/contract';
import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import { Argument, type Command } from 'commander';
import type { Cli } from '../cli.ts';
import { EVENT_COLUMNS } from './events.ts';
import { withExamples } from './verb.ts';

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
