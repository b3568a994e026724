import type { Query } from '../database/database.ts';

/** Sets a distributor's key, as PEM; the one before is gone for good. */
export async function replacePublicKey(on: Query, distributorId: string, pem: string, at: Date): Promise<void> {
  await on.query(
    `INSERT INTO distributor_keys (distributor_id, public_key, set_at) VALUES ($1, $2, $3)
     ON CONFLICT (distributor_id) DO UPDATE SET public_key = excluded.public_key, set_at = excluded.set_at`,
    [distributorId, pem, at],
  );
}
