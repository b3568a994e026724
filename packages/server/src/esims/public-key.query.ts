import type { Query } from '../database/database.ts';

/** Finds the key under which activation codes are encrypted for a distributor, as PEM; null while it has set none. */
export async function findPublicKey(on: Query, distributorId: string): Promise<string | null> {
  const [row] = await on.query<{ public_key: string }>(
    'SELECT public_key FROM distributor_keys WHERE distributor_id = $1',
    [distributorId],
  );
  return row?.public_key ?? null;
}
