import { randomInt } from 'node:crypto';
import {
  CHAOS_DELAY_MS,
  CHAOS_MINUTES,
  type ChaosSetting,
  EVENT_EFFECTS,
  ORDER_EFFECTS,
  type Refusal,
  refuse,
} from '@opentopup/contract';
import { findClient } from '../access/credentials/credentials.query.ts';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { type ChaosRow, listChaosClients } from './chaos.query.ts';
import { removeChaos, writeChaos } from './chaos.store.ts';

const MINUTE_MS = 60_000;
const MOST_SEED = 2 ** 31;

/** Learns which clients meet chaos, so that the orders of all others cost nothing. */
export async function learnChaos({ store, chaos, now }: Pick<Context, 'store' | 'chaos' | 'now'>): Promise<void> {
  const rows = await listChaosClients(store.db, now());
  chaos.clear();
  for (const { client_id, distributor_id } of rows) chaos.set(client_id, distributor_id);
}

/** Tells what is wrong with shares; null where they can be taken. */
function faultOf(effects: ChaosSetting['effects']): string | null {
  if (Object.keys(effects).length === 0) return 'one effect at least is needed';
  const sums = [ORDER_EFFECTS, EVENT_EFFECTS].map((names) =>
    names.reduce((sum, name) => sum + (effects[name] ?? 0), 0),
  );
  return sums.some((sum) => sum > 100) ? 'the shares of orders are 100 together at most, and those of events' : null;
}

/** Has a client of a sandbox meet chaos for a time. */
export async function setChaos(
  ctx: Context,
  distributor_id: string,
  client_id: string,
  { effects, minutes = CHAOS_MINUTES, delay_ms = CHAOS_DELAY_MS, seed = randomInt(MOST_SEED) }: ChaosSetting,
  actor: string,
): Promise<ChaosRow | Refusal> {
  const fault = faultOf(effects);
  if (fault) return refuse('invalid_body_field', { field: 'effects', detail: fault });
  const at = ctx.now();
  const chaos = {
    client_id,
    distributor_id,
    effects,
    delay_ms,
    seed,
    ends_at: new Date(at.getTime() + minutes * MINUTE_MS),
  };
  const set = await ctx.store.db.transaction(async (tx) => {
    const client = await findClient(tx, client_id);
    if (client?.distributor_id !== distributor_id || client.world !== 'sandbox') {
      return refuse('not_found', { detail: `client ${client_id} not found in the sandbox` });
    }
    await writeChaos(tx, chaos);
    const details = { after: { effects, delay_ms, seed, minutes } };
    await noteChange(tx, { at, actor, action: 'chaos.set', subject: client_id, distributor_id, details });
    return { ...chaos, orders: 0, events: 0 };
  });
  await learnChaos(ctx);
  return set;
}

/** Ends the chaos that a client meets. */
export async function endChaos(
  ctx: Context,
  distributor_id: string,
  client_id: string,
  actor: string,
): Promise<ChaosRow | Refusal> {
  const at = ctx.now();
  const ended = await ctx.store.db.transaction(async (tx) => {
    const removed = await removeChaos(tx, distributor_id, client_id, at);
    if (!removed) return refuse('not_found', { detail: `client ${client_id} meets no chaos` });
    await noteChange(tx, { at, actor, action: 'chaos.ended', subject: client_id, distributor_id });
    return removed;
  });
  await learnChaos(ctx);
  return ended;
}
