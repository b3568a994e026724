import type { Page } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

/** A distributor's client, without its secret. */
export interface CredentialRow {
  client_id: string;
  distributor_id: string;
  name: string;
  requests_per_minute: number;
  created_at: Date;
  rotated_at: Date | null;
  /** Until when the secret before works; null when it does not any more. */
  old_secret_until: Date | null;
  revoked_at: Date | null;
}

export const CREDENTIALS = `
SELECT client_id, distributor_id, name, requests_per_minute, created_at, rotated_at,
       CASE WHEN old_secret_until > now() THEN old_secret_until END AS old_secret_until, revoked_at
FROM credentials`;

/** Lists a page of the clients of these distributors, oldest first. */
export function listCredentials(
  on: Query,
  distributorIds: readonly string[],
  { offset, limit }: Page,
): Promise<CredentialRow[]> {
  return on.query(
    `${CREDENTIALS} WHERE distributor_id = ANY($1::uuid[]) ORDER BY created_at, client_id LIMIT $2 OFFSET $3`,
    [distributorIds, limit, offset],
  );
}

/** A client that may get tokens, and whose it is. */
export interface ClientRow {
  client_id: string;
  distributor_id: string;
  world: 'live' | 'sandbox';
  requests_per_minute: number;
  is_agent: boolean;
  /** The digests of the secrets that count: after a rotation, for a while two. */
  secrets_sha256: string[];
}

/**
 * Finds who a client is; null when there is no such client, its credentials were revoked or its distributor is
 * suspended.
 */
export async function findClient(on: Query, clientId: string): Promise<ClientRow | null> {
  const [row] = await on.query<ClientRow>(
    `SELECT c.client_id, c.distributor_id, d.world, c.requests_per_minute,
            EXISTS (SELECT FROM agents a WHERE a.client_id = c.client_id) AS is_agent,
            CASE WHEN c.old_secret_until > now() THEN ARRAY[c.secret_sha256, c.old_secret_sha256]
                 ELSE ARRAY[c.secret_sha256] END AS secrets_sha256
     FROM credentials c JOIN distributors d ON d.id = c.distributor_id
     WHERE c.client_id = $1 AND c.revoked_at IS NULL AND d.status = 'active'`,
    [clientId],
  );
  return row ?? null;
}

/** Lists the clients whose tokens do not count, though they may not have expired yet: tokens live an hour. */
export async function listClosedClients(on: Query): Promise<string[]> {
  const rows = await on.query<{ client_id: string }>(
    `SELECT c.client_id FROM credentials c JOIN distributors d ON d.id = c.distributor_id
     WHERE c.revoked_at > now() - interval '2 hours' OR d.status <> 'active'`,
  );
  return rows.map(({ client_id }) => client_id);
}
