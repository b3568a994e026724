import type { Query } from '../database/database.ts';
import { COUNTS } from './agents.query.ts';
import type { Caps, UsedCaps } from './caps.rules.ts';

const CAPS = [
  'offers',
  'units_per_hour',
  'units_per_day',
  'line_units_per_day',
  'amount_per_day_minor',
  'currency',
  'released_up_to_minor',
] as const satisfies readonly (keyof Caps)[];

/** Keeps the caps of an agent; those it had before are replaced. */
export async function setCaps(tx: Query, distributor_id: string, client_id: string, caps: Caps): Promise<void> {
  await tx.query(
    `INSERT INTO agents (distributor_id, client_id, ${CAPS.join(', ')}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (client_id) DO UPDATE SET ${CAPS.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [distributor_id, client_id, ...CAPS.map((name) => caps[name])],
  );
}

/** Locks an agent until the transaction ends, and returns its caps: its previews and confirmations follow one another. */
export async function lockAgent(tx: Query, client_id: string): Promise<Caps | null> {
  const [row] = await tx.query<Caps>(`SELECT ${CAPS.join(', ')} FROM agents WHERE client_id = $1 FOR UPDATE`, [
    client_id,
  ]);
  return row ?? null;
}

/** Counts how many offers of this list a distributor has. */
export async function countOffers(tx: Query, distributor_id: string, offers: readonly string[]): Promise<number> {
  const rows = await tx.query('SELECT FROM offers WHERE distributor_id = $1 AND id = ANY($2::uuid[])', [
    distributor_id,
    offers,
  ]);
  return rows.length;
}

const HOUR_MS = 60 * 60_000;

/**
 * Adds up what an agent has sold, and is selling; of it, what is for one line.
 * @param but a preview that does not count
 */
export async function countUsed(
  tx: Query,
  { client_id, line, at, but }: { client_id: string; line: string; at: Date; but: string | null },
): Promise<UsedCaps & { line_units_last_day: number }> {
  const ago = (hours: number): Date => new Date(at.getTime() - hours * HOUR_MS);
  const [row] = await tx.query<UsedCaps & { line_units_last_day: number }>(
    `SELECT count(*) FILTER (WHERE confirmed_at > $3) AS units_last_hour, count(*) AS units_last_day,
            count(*) FILTER (WHERE line = $2) AS line_units_last_day,
            coalesce(sum(price_minor), 0)::bigint AS amount_last_day_minor
     FROM sale_previews p
     WHERE client_id = $1 AND ${COUNTS} AND confirmed_at > $4 AND id IS DISTINCT FROM $5::uuid`,
    [client_id, line, ago(1), ago(24), but],
  );
  if (!row) throw new Error('what an agent has sold could not be added up');
  return row;
}
