import type { EventTrigger, SandboxClock } from '@opentopup/contract';
import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../../cli.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import type { CliSession } from '../../session.ts';
import { EVENT_COLUMNS } from '../events.ts';
import { withExamples } from '../verb.ts';

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

/** A step as `2d` or `36h`, or a day or instant at which the clock is to stand. */
type Forward = { by_s: number } | { to: Date };

const UNITS_S: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Reads how far a clock is put forward, or up to when. */
function readForward({ t }: Cli): (text: string) => Forward {
  return (text) => {
    const [, count, unit = ''] = /^(\d{1,6}(?:[.,]\d{1,4})?)([mhdw])$/.exec(text) ?? [];
    if (count) return { by_s: Math.round(Number(count.replace(',', '.')) * (UNITS_S[unit] ?? 0)) };
    const to = new Date(text);
    if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(to.getTime())) {
      throw new InvalidArgumentError(t.clock.needsForward);
    }
    return { to };
  };
}

/** A clock as it is shown: what it says, and how far it is ahead. */
interface ShownClock extends SandboxClock {
  now: Date;
}

const COLUMNS: Column<ShownClock>[] = [
  { name: 'clock', kind: 'date', of: ({ now }) => now.toISOString() },
  { name: 'ahead_s', kind: 'duration', of: ({ ahead_s }) => ahead_s },
];

/** Defines `clock`: the clock of a sandbox. */
export function defineClock(program: Command, cli: Cli): void {
  const { t } = cli;
  const clock = program
    .command('clock')
    .description(t.clock.about)
    .argument('[forward]', t.clock.forward, readForward(cli))
    .action(
      cli.run(async (session, forward: Forward | undefined) => {
        const { sandbox } = session.client().opentopup;
        const before = await sandbox.clock(session);
        const shown = forward
          ? await sandbox.moveClock({ ahead_s: aheadAfter(before, forward, session) }, session)
          : before;
        const now = new Date(Date.now() + shown.ahead_s * 1_000);
        session.out.record<ShownClock>({ ...shown, now }, COLUMNS, shown);
        if (!forward) session.out.note(shown.ahead_s === 0 ? t.clock.real : t.clock.stays);
        else session.out.note(t.clock.moved(session.locale.duration(shown.ahead_s - before.ahead_s)));
      }),
    );
  withExamples(
    clock,
    cli,
    'opentopup --profile sandbox clock',
    'opentopup --profile sandbox clock 36h',
    'opentopup --profile sandbox clock 2d',
    'opentopup --profile sandbox clock 2027-01-31T12:00:00Z',
  );
}

/** Tells how far ahead a clock has to be after it was put forward. */
function aheadAfter({ ahead_s }: SandboxClock, forward: Forward, { t, locale }: CliSession): number {
  if ('by_s' in forward) return ahead_s + forward.by_s;
  const wanted_s = Math.round((forward.to.getTime() - Date.now()) / 1_000);
  if (wanted_s < ahead_s) throw new Misuse(t.clock.backward(locale.date(new Date(Date.now() + ahead_s * 1_000))));
  return wanted_s;
}
