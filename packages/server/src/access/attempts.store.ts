import type { Query } from '../database/database.ts';

/**
 * Counts one more attempt under each key, before it is made, so that attempts at the same moment are all counted.
 * @param window_ms how long attempts are remembered, from the first one on
 * @returns how many there are now under each key
 */
export async function countAttempts(
  on: Query,
  keys: readonly string[],
  window_ms: number,
  now: Date,
): Promise<Map<string, number>> {
  const rows = await on.query<{ key: string; count: number }>(
    `INSERT INTO attempts AS a (key, count, since) SELECT key, 1, $2 FROM unnest($1::text[]) AS key ORDER BY key
     ON CONFLICT (key) DO UPDATE
       SET count = CASE WHEN a.since <= $3 THEN 1 ELSE least(a.count, 1000000) + 1 END,
           since = CASE WHEN a.since <= $3 THEN excluded.since ELSE a.since END
     RETURNING key, count`,
    [keys, now, new Date(now.getTime() - window_ms)],
  );
  return new Map(rows.map(({ key, count }) => [key, count]));
}

/** Takes back one attempt under each key: it was no wrong one. */
export async function uncountAttempts(on: Query, keys: readonly string[]): Promise<void> {
  await on.query('UPDATE attempts SET count = greatest(count - 1, 0) WHERE key = ANY($1::text[])', [keys]);
}

/** Forgets all attempts under these keys. */
export async function forgetAttempts(on: Query, keys: readonly string[]): Promise<void> {
  await on.query('DELETE FROM attempts WHERE key = ANY($1::text[])', [keys]);
}

/** Removes what was counted before `before`. */
export async function removeOldAttempts(on: Query, before: Date): Promise<void> {
  await on.query('DELETE FROM attempts WHERE since < $1', [before]);
}
