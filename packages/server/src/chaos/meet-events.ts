import { EVENT_EFFECTS, type EventEffect } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { countEvents, insertChaosEffects } from './chaos.store.ts';
import { chooseEffect } from './chosen-effect.rules.ts';

/** What the events of a sandbox meet that an endpoint is about to be told. */
export interface MetEvents {
  effects: ReadonlyMap<string, EventEffect>;
  /** How long those are kept back that are late. */
  delay_ms: number;
}

const NOTHING: MetEvents = { effects: new Map(), delay_ms: 0 };

/** Has events meet what was asked for, and notes it. Asks the database only where the distributor has asked for chaos. */
export async function meetEvents(
  ctx: Context,
  distributor_id: string,
  events: readonly { id: string }[],
): Promise<MetEvents> {
  if (events.length === 0 || ![...ctx.chaos.values()].includes(distributor_id)) return NOTHING;
  const chaos = await countEvents(ctx.store.db, distributor_id, events.length, ctx.now());
  if (!chaos) return NOTHING;
  const { client_id, seed, delay_ms } = chaos;
  const first = chaos.events - events.length + 1;
  const met = events.flatMap(({ id }, index) => {
    const number = first + index;
    const effect = chooseEffect(EVENT_EFFECTS, chaos.effects, { seed, of: 'event', number });
    return effect ? [{ event_id: id, effect, number }] : [];
  });
  if (met.length === 0) return NOTHING;
  const of = { distributor_id, client_id, cause: 'setting', request_id: null, transaction_id: null } as const;
  const at = ctx.now();
  await insertChaosEffects(
    ctx.store.db,
    met.map((each) => ({ ...of, ...each, at })),
  );
  return { effects: new Map(met.map(({ event_id, effect }) => [event_id, effect])), delay_ms };
}
