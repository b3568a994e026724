import type { Role } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

/** The provider at which the people of a business sign in. Its secret does not leave the server. */
export interface ProviderRow {
  id: string;
  /** Null: the operator's. */
  distributor_id: string | null;
  code: string;
  issuer: string;
  client_id: string;
  client_secret_sealed: string;
  scope: string;
  role_claim: string;
  roles: { value: string; role: Role }[];
  is_only: boolean;
  changed_at: Date;
  distributor_status: 'active' | 'suspended' | null;
}

const PROVIDERS = `
SELECT p.id, p.distributor_id, p.code, p.issuer, p.client_id, p.client_secret_sealed, p.scope, p.role_claim, p.roles, p.is_only,
       p.changed_at, d.status AS distributor_status
FROM sign_on_providers p LEFT JOIN distributors d ON d.id = p.distributor_id`;

/** Finds the provider of a distributor; null: of the operator. */
export async function findProvider(on: Query, distributor_id: string | null): Promise<ProviderRow | null> {
  const [row] = await on.query<ProviderRow>(`${PROVIDERS} WHERE p.distributor_id IS NOT DISTINCT FROM $1`, [
    distributor_id,
  ]);
  return row ?? null;
}

export async function findProviderByCode(on: Query, code: string): Promise<ProviderRow | null> {
  const [row] = await on.query<ProviderRow>(`${PROVIDERS} WHERE p.code = $1`, [code]);
  return row ?? null;
}

export async function findProviderById(on: Query, id: string): Promise<ProviderRow | null> {
  const [row] = await on.query<ProviderRow>(`${PROVIDERS} WHERE p.id = $1`, [id]);
  return row ?? null;
}

/** Finds the account of somebody at the provider; null where there is none. */
export async function findAccountOf(
  on: Query,
  { issuer, distributor_id }: ProviderRow,
  subject: string,
): Promise<string | null> {
  const [row] = await on.query<{ account_id: string }>(
    `SELECT account_id FROM sign_on_identities
     WHERE issuer = $1 AND subject = $2 AND distributor_id IS NOT DISTINCT FROM $3`,
    [issuer, subject, distributor_id],
  );
  return row?.account_id ?? null;
}

/** Returns true where an administrator of the business is known at the issuer. */
export async function hasAdminAt(on: Query, distributor_id: string | null, issuer: string): Promise<boolean> {
  const rows = await on.query(
    `SELECT FROM sign_on_identities i JOIN accounts a ON a.id = i.account_id
     WHERE i.issuer = $2 AND i.distributor_id IS NOT DISTINCT FROM $1
       AND a.role IN ('operator_admin', 'distributor_admin') LIMIT 1`,
    [distributor_id, issuer],
  );
  return rows.length > 0;
}
