import type { Query } from '../../database/database.ts';

/** A client that may get tokens, and whose it is. */
export interface ClientRow {
  client_id: string;
  distributor_id: string;
  world: 'live' | 'sandbox';
  requests_per_minute: number;
  /** The digests of the secrets that count: after a rotation, for a while two. */
  secrets_sha256: string[];
}

/** Who a client is; null when there is no such client, its credentials were revoked or its distributor is suspended. */
export async function findClient(on: Query, clientId: string): Promise<ClientRow | null> {
  const [row] = await on.query<ClientRow>(
    `SELECT c.client_id, c.distributor_id, d.world, c.requests_per_minute,
            CASE WHEN c.old_secret_until > now() THEN ARRAY[c.secret_sha256, c.old_secret_sha256]
                 ELSE ARRAY[c.secret_sha256] END AS secrets_sha256
     FROM credentials c JOIN distributors d ON d.id = c.distributor_id
     WHERE c.client_id = $1 AND c.revoked_at IS NULL AND d.status = 'active'`,
    [clientId],
  );
  return row ?? null;
}

/** The clients whose tokens do not count, though they may not have expired yet: tokens live an hour. */
export async function listClosedClients(on: Query): Promise<string[]> {
  const rows = await on.query<{ client_id: string }>(
    `SELECT c.client_id FROM credentials c JOIN distributors d ON d.id = c.distributor_id
     WHERE c.revoked_at > now() - interval '2 hours' OR d.status <> 'active'`,
  );
  return rows.map(({ client_id }) => client_id);
}
