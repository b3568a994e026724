import type { Query } from '../../database/database.ts';
import { CREDENTIALS, type CredentialRow } from './credentials.query.ts';

export interface NewCredentials {
  client_id: string;
  distributor_id: string;
  name: string;
  secret_sha256: string;
  requests_per_minute: number;
}

export async function addCredentials(on: Query, c: NewCredentials): Promise<void> {
  await on.query(
    `INSERT INTO credentials (client_id, distributor_id, name, secret_sha256, requests_per_minute)
     VALUES ($1, $2, $3, $4, $5)`,
    [c.client_id, c.distributor_id, c.name, c.secret_sha256, c.requests_per_minute],
  );
}

/** Locks a credential until the transaction ends, and returns it as it stands; null when there is none. */
export async function lockCredential(tx: Query, client_id: string): Promise<CredentialRow | null> {
  const [row] = await tx.query<CredentialRow>(`${CREDENTIALS} WHERE client_id = $1 FOR NO KEY UPDATE`, [client_id]);
  return row ?? null;
}

/**
 * Locks a distributor until the transaction ends. Counts its clients that are not revoked, and tells how many requests
 * in a minute it was given: by the busiest of them or, where there is none, by the last that was; where it never had
 * one, by those of `owners`.
 */
export async function lockClients(
  tx: Query,
  distributor_id: string,
  owners: readonly string[],
): Promise<{ count: number; given: number | null }> {
  await tx.query('SELECT FROM distributors WHERE id = $1 FOR NO KEY UPDATE', [distributor_id]);
  const [row] = await tx.query<{ count: number; given: number | null }>(
    `SELECT (SELECT count(*) FROM credentials WHERE distributor_id = $1 AND revoked_at IS NULL) AS count,
            (SELECT requests_per_minute FROM credentials WHERE distributor_id = ANY($2::uuid[])
             ORDER BY distributor_id = $1 DESC, revoked_at DESC NULLS FIRST, requests_per_minute DESC LIMIT 1) AS given`,
    [distributor_id, owners],
  );
  return row ?? { count: 0, given: null };
}

/** Writes what may change of a credential, but for its secret. */
export async function updateCredential(tx: Query, c: CredentialRow): Promise<void> {
  await tx.query('UPDATE credentials SET name = $2, requests_per_minute = $3, revoked_at = $4 WHERE client_id = $1', [
    c.client_id,
    c.name,
    c.requests_per_minute,
    c.revoked_at,
  ]);
}

/**
 * Gives a credential a new secret. The one it had works on until `old_until`; one from before that does not.
 * @param old_until null: the old secret ends at once
 */
export async function replaceSecret(
  tx: Query,
  client_id: string,
  secret_sha256: string,
  at: Date,
  old_until: Date | null,
): Promise<void> {
  await tx.query(
    `UPDATE credentials
     SET old_secret_sha256 = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE secret_sha256 END, old_secret_until = $4,
         secret_sha256 = $2, rotated_at = $3
     WHERE client_id = $1`,
    [client_id, secret_sha256, at, old_until],
  );
}
