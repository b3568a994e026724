import type { Query } from '../database/database.ts';
import { firstIdAt, newId } from '../database/ids.ts';
import type { ChaosEffectRow, ChaosRow } from './chaos.query.ts';

/** Sets the chaos that a client meets, in place of that before; its orders and events are counted anew. */
export async function writeChaos(tx: Query, chaos: Omit<ChaosRow, 'orders' | 'events'>): Promise<void> {
  const { client_id, distributor_id, effects, delay_ms, seed, ends_at } = chaos;
  await tx.query(
    `INSERT INTO chaos (client_id, distributor_id, effects, delay_ms, seed, ends_at) VALUES ($1, $2, $3::jsonb, $4, $5, $6)
     ON CONFLICT (client_id) DO UPDATE SET effects = excluded.effects, delay_ms = excluded.delay_ms,
       seed = excluded.seed, ends_at = excluded.ends_at, orders = 0, events = 0`,
    [client_id, distributor_id, JSON.stringify(effects), delay_ms, seed, ends_at],
  );
}

/** Ends the chaos that a client of a sandbox meets; null where it meets none. */
export async function removeChaos(
  tx: Query,
  distributorId: string,
  clientId: string,
  now: Date,
): Promise<ChaosRow | null> {
  const [row] = await tx.query<ChaosRow>(
    'DELETE FROM chaos WHERE distributor_id = $1 AND client_id = $2 AND ends_at > $3 RETURNING *',
    [distributorId, clientId, now],
  );
  return row ?? null;
}

/** Counts an order of a client, and tells the chaos that it meets; null where that has ended. */
export async function countOrder(on: Query, clientId: string, now: Date): Promise<ChaosRow | null> {
  const [row] = await on.query<ChaosRow>(
    'UPDATE chaos SET orders = orders + 1 WHERE client_id = $1 AND ends_at > $2 RETURNING *',
    [clientId, now],
  );
  return row ?? null;
}

/**
 * Counts events of a sandbox that are about to be told, and tells the chaos that they meet: that of the first client whose
 * setting is about events. Null where there is none.
 */
export async function countEvents(
  on: Query,
  distributorId: string,
  events: number,
  now: Date,
): Promise<ChaosRow | null> {
  const [row] = await on.query<ChaosRow>(
    `UPDATE chaos SET events = events + $2 WHERE client_id = (
       SELECT client_id FROM chaos WHERE distributor_id = $1 AND ends_at > $3
         AND effects ?| ARRAY['webhook_late', 'webhook_twice'] ORDER BY client_id LIMIT 1)
     RETURNING *`,
    [distributorId, events, now],
  );
  return row ?? null;
}

/** Keeps what chaos did. */
export async function insertChaosEffects(on: Query, effects: readonly Omit<ChaosEffectRow, 'id'>[]): Promise<void> {
  await on.query(
    `INSERT INTO chaos_effects SELECT e.* FROM jsonb_populate_recordset(NULL::chaos_effects, $1::jsonb) e`,
    [JSON.stringify(effects.map((each) => ({ ...each, id: newId() })))],
  );
}

/** Removes chaos that has ended, and what it did before some moment. */
export async function cleanChaos(on: Query, now: Date, before: Date): Promise<void> {
  await on.query('DELETE FROM chaos WHERE ends_at <= $1', [now]);
  // By the index of each distributor: they are looked for often, and there may be many that are kept.
  await on.query('DELETE FROM chaos_effects e USING distributors d WHERE e.distributor_id = d.id AND e.id < $1', [
    firstIdAt(before),
  ]);
}
