import type { Query } from '../../database/database.ts';
import type { ProviderRow } from './providers.query.ts';

/** Keeps the provider of a business, in place of the one before. */
export async function saveProvider(tx: Query, p: Omit<ProviderRow, 'distributor_status'>): Promise<void> {
  await tx.query(
    `INSERT INTO sign_on_providers (id, distributor_id, code, issuer, client_id, client_secret_sealed, scope, role_claim, roles,
                                    is_only, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (distributor_id) DO UPDATE
       SET issuer = excluded.issuer, client_id = excluded.client_id, client_secret_sealed = excluded.client_secret_sealed,
           scope = excluded.scope, role_claim = excluded.role_claim, roles = excluded.roles, is_only = excluded.is_only,
           changed_at = excluded.changed_at`,
    [
      p.id,
      p.distributor_id,
      p.code,
      p.issuer,
      p.client_id,
      p.client_secret_sealed,
      p.scope,
      p.role_claim,
      JSON.stringify(p.roles),
      p.is_only,
      p.changed_at,
    ],
  );
}

export async function deleteProvider(tx: Query, id: string): Promise<void> {
  await tx.query('DELETE FROM sign_on_providers WHERE id = $1', [id]);
}

/** Locks all providers of businesses until the transaction ends: two who set the first one of theirs make one. */
export async function lockProviders(tx: Query): Promise<void> {
  await tx.query('LOCK TABLE sign_on_providers IN SHARE ROW EXCLUSIVE MODE');
}

/** Links an account with who its owner is at the provider; false where another account is, or this one with somebody else. */
export async function addIdentity(
  tx: Query,
  account_id: string,
  { issuer, distributor_id }: ProviderRow,
  subject: string,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO sign_on_identities (account_id, distributor_id, issuer, subject) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING account_id`,
    [account_id, distributor_id, issuer, subject],
  );
  return rows.length === 1;
}
