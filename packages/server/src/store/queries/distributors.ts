import type { Query } from '../db.ts';

/** False for a database in which nothing was set up yet. */
export async function hasDistributors(on: Query): Promise<boolean> {
  const rows = await on.query('SELECT FROM distributors LIMIT 1');
  return rows.length > 0;
}
