import type { Query } from '../db.ts';

/** Who a client is; null when there is no such client or its credentials were revoked. */
export async function findCredentials(
  on: Query,
  clientId: string,
): Promise<{ distributor_id: string; secret_sha256: string } | null> {
  const [row] = await on.query<{ distributor_id: string; secret_sha256: string }>(
    'SELECT distributor_id, secret_sha256 FROM credentials WHERE client_id = $1 AND revoked_at IS NULL',
    [clientId],
  );
  return row ?? null;
}
