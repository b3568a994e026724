import type { Chaos, ChaosEffect, ChaosSetting } from '@opentopup/contract';
import {
  EVENT_EFFECTS,
  type EventEffect,
  ORDER_EFFECTS,
  type OrderEffect,
} from '@opentopup/contract/chaos/chaos-effects';
import type { Command } from 'commander';
import { accessOf } from '../../access.ts';
import type { Cli } from '../../cli.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import type { CliSession } from '../../session.ts';
import { first, whole, withExamples } from '../verb.ts';

type Effect = OrderEffect | EventEffect;
const EFFECTS: readonly Effect[] = [...ORDER_EFFECTS, ...EVENT_EFFECTS];
const MOST = 50;

const sharesOf = ({ effects }: Chaos): string =>
  EFFECTS.flatMap((effect) => (effects[effect] === undefined ? [] : [`${effect} ${effects[effect]} %`])).join(', ');
const COLUMNS: Column<Chaos>[] = [
  { name: 'client_id', kind: 'text', of: ({ client_id }) => client_id },
  { name: 'effects', kind: 'text', of: sharesOf },
  { name: 'delay_ms', kind: 'count', of: ({ delay_ms }) => delay_ms },
  { name: 'seed', kind: 'text', of: ({ seed }) => seed },
  { name: 'end_date', kind: 'date', of: ({ end_date }) => end_date },
  { name: 'orders', kind: 'count', of: ({ orders }) => orders },
  { name: 'events', kind: 'count', of: ({ events }) => events },
];
const EFFECT_COLUMNS: Column<ChaosEffect>[] = [
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'effect', kind: 'text', of: ({ effect }) => effect },
  { name: 'cause', kind: 'text', of: ({ cause }) => cause },
  { name: 'number', kind: 'count', of: ({ number }) => number },
  { name: 'client_id', kind: 'text', of: ({ client_id }) => client_id },
  { name: 'request_id', kind: 'id', of: ({ request_id }) => request_id },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
  { name: 'event_id', kind: 'id', of: ({ event_id }) => event_id },
];

/** What is typed for the share of an effect: `--cut-after 10`; its key among the options. */
const wordOf = (effect: Effect): string => effect.replaceAll('_', '-');
const keyOf = (effect: Effect): string => effect.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

interface SetOptions {
  client?: string;
  minutes?: number;
  delayMs?: number;
  seed?: number;
}

/** Tells whose chaos it is: that of the client that is named, else one's own. */
function clientOf({ io, options, t }: CliSession, named: string | undefined): string {
  const own = named ?? accessOf(io.env, options.profile, t).client_id;
  if (!own) throw new Misuse(t.access.noClient);
  return own;
}

/** Defines `chaos`: what goes wrong in a sandbox because one has asked for it. */
export function defineChaos(program: Command, cli: Cli): void {
  const { t } = cli;
  const chaos = program.command('chaos').description(t.chaos.about);

  const show = chaos
    .command('show')
    .description(t.chaos.show)
    .action(
      cli.run(async (session) => {
        await session.out.list(await session.client().opentopup.sandbox.chaos.list(session), COLUMNS);
      }),
    );
  withExamples(show, cli, 'opentopup --profile sandbox chaos show');

  const set = chaos.command('set').description(t.chaos.set).option('--client <id>', t.chaos.client);
  for (const effect of EFFECTS) set.option(`--${wordOf(effect)} <percent>`, t.chaos.effects[effect], whole(cli, 1));
  set
    .option('--minutes <number>', t.chaos.minutes, whole(cli, 1))
    .option('--delay-ms <number>', t.chaos.delay, whole(cli, 1))
    .option('--seed <number>', t.chaos.seed, whole(cli, 0))
    .action(
      cli.run(async (session, { client, minutes, delayMs, seed, ...shares }: SetOptions & Record<string, number>) => {
        const asked = EFFECTS.flatMap((effect) => {
          const share = shares[keyOf(effect)];
          return share === undefined ? [] : [[effect, share]];
        });
        const body: ChaosSetting = {
          effects: Object.fromEntries(asked),
          ...(minutes !== undefined && { minutes }),
          ...(delayMs !== undefined && { delay_ms: delayMs }),
          ...(seed !== undefined && { seed }),
        };
        const { sandbox } = session.client().opentopup;
        session.out.record(await sandbox.chaos.set(clientOf(session, client), body, session), COLUMNS);
      }),
    );
  withExamples(
    set,
    cli,
    'opentopup --profile sandbox chaos set --cut-after 10 --delay 10',
    'opentopup --profile sandbox chaos set --too-many-requests 20 --minutes 5 --seed 7',
  );

  const end = chaos
    .command('end')
    .description(t.chaos.end)
    .option('--client <id>', t.chaos.client)
    .action(
      cli.run(async (session, { client }: Pick<SetOptions, 'client'>) => {
        const { sandbox } = session.client().opentopup;
        const ended = await sandbox.chaos.end(clientOf(session, client), session);
        session.out.json(ended);
        session.out.note(t.chaos.ended(ended.client_id));
      }),
    );
  withExamples(end, cli, 'opentopup --profile sandbox chaos end');

  const effects = chaos
    .command('effects')
    .description(t.chaos.whatItDid)
    .option('--limit <number>', t.requests.limit(MOST), whole(cli, 0))
    .action(
      cli.run(async (session, { limit = MOST }: { limit?: number }) => {
        const found = session.client().opentopup.sandbox.chaos.effects(session);
        await session.out.list(first(found, limit), EFFECT_COLUMNS);
      }),
    );
  withExamples(effects, cli, 'opentopup --profile sandbox chaos effects');
}
