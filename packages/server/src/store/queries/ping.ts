import type { Query } from '../db.ts';

/** Asks the database for a sign of life; throws when there is none. */
export async function ping(on: Query): Promise<void> {
  await on.query('SELECT 1');
}
