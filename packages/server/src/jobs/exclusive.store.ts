import type { Query } from '../database/database.ts';

/**
 * Takes up a run of work that is to be done once in a while by any one of the processes. Its table still has the name by
 * which the version before knows it.
 * @returns false when another process has done so less than `every_ms` ago
 */
export async function takeExclusiveRun(on: Query, name: string, every_ms: number, now: Date): Promise<boolean> {
  const rows = await on.query(
    `INSERT INTO job_turns AS t (name, taken_at) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at WHERE t.taken_at <= $3
     RETURNING name`,
    [name, now, new Date(now.getTime() - every_ms)],
  );
  return rows.length === 1;
}
