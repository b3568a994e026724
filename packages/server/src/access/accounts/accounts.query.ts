import type { Page, Role } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

/** An account. Its password and the secret of its second factor do not leave the server. */
export interface AccountRow {
  id: string;
  email: string;
  distributor_id: string | null;
  role: Role;
  password_hash: string | null;
  factor_sealed: string | null;
  factor_draft_sealed: string | null;
  created_at: Date;
  signed_in_at: Date | null;
  /** The code of its business, where that has a provider; whether its people sign in only there, and whether it is linked. */
  sign_on_code: string | null;
  sign_on_only: boolean;
  has_sign_on: boolean;
  has_passkey: boolean;
  /** Of its distributor; null for the operator's. */
  distributor_name: string | null;
  distributor_status: 'active' | 'suspended' | null;
}

export const ACCOUNTS = `
SELECT a.id, a.email, a.distributor_id, a.role, a.password_hash, a.factor_sealed, a.factor_draft_sealed, a.created_at,
       a.signed_in_at, d.name AS distributor_name, d.status AS distributor_status,
       p.code AS sign_on_code, coalesce(p.is_only, false) AS sign_on_only,
       EXISTS (SELECT FROM sign_on_identities i WHERE i.account_id = a.id AND i.issuer = p.issuer) AS has_sign_on,
       EXISTS (SELECT FROM passkeys k WHERE k.account_id = a.id) AS has_passkey
FROM accounts a LEFT JOIN distributors d ON d.id = a.distributor_id
LEFT JOIN sign_on_providers p ON p.distributor_id IS NOT DISTINCT FROM a.distributor_id`;

/**
 * Holds for accounts that somebody can sign in to: at the provider of their business, or unless that is the only way in, with a
 * password or a passkey.
 */
export const CAN_SIGN_IN = `(EXISTS (
  SELECT FROM sign_on_identities i JOIN sign_on_providers p USING (issuer)
  WHERE i.account_id = accounts.id AND p.distributor_id IS NOT DISTINCT FROM accounts.distributor_id)
OR (password_hash IS NOT NULL OR EXISTS (SELECT FROM passkeys k WHERE k.account_id = accounts.id)) AND NOT EXISTS (
  SELECT FROM sign_on_providers p WHERE p.is_only AND p.distributor_id IS NOT DISTINCT FROM accounts.distributor_id))`;

/**
 * Lists the accounts with this address, of one business each; the one used last first.
 * @param email in small letters
 */
export function listAccountsOf(on: Query, email: string): Promise<AccountRow[]> {
  return on.query<AccountRow>(`${ACCOUNTS} WHERE a.email = $1 ORDER BY a.signed_in_at DESC NULLS LAST, a.id`, [email]);
}

/** Lists the password hashes of all accounts with this address. */
export async function listPasswordHashes(on: Query, email: string): Promise<string[]> {
  const rows = await on.query<{ password_hash: string }>(
    'SELECT password_hash FROM accounts WHERE email = $1 AND password_hash IS NOT NULL ORDER BY id',
    [email],
  );
  return rows.map(({ password_hash }) => password_hash);
}

export async function findAccount(on: Query, id: string): Promise<AccountRow | null> {
  const [row] = await on.query<AccountRow>(`${ACCOUNTS} WHERE a.id = $1`, [id]);
  return row ?? null;
}

/** Lists a page of accounts, oldest first; of one distributor where it is given. */
export function listAccounts(on: Query, { offset, limit }: Page, distributor_id: string | null): Promise<AccountRow[]> {
  return on.query<AccountRow>(
    `${ACCOUNTS} WHERE $3::uuid IS NULL OR a.distributor_id = $3 ORDER BY a.id LIMIT $1 OFFSET $2`,
    [limit, offset, distributor_id],
  );
}

/** Lists the addresses of those who decide for the operator. */
export async function listOperatorAddresses(on: Query): Promise<string[]> {
  const rows = await on.query<{ email: string }>(
    `SELECT email FROM accounts WHERE role = 'operator_admin' AND ${CAN_SIGN_IN} ORDER BY id LIMIT 100`,
  );
  return rows.map(({ email }) => email);
}

/** Returns true once the operator has an account that is not one of the demo's. */
export async function hasOperatorAccount(on: Query, demoEmails: readonly string[]): Promise<boolean> {
  const rows = await on.query(
    `SELECT FROM accounts WHERE role = 'operator_admin' AND ${CAN_SIGN_IN} AND email <> ALL($1::text[]) LIMIT 1`,
    [demoEmails],
  );
  return rows.length > 0;
}

/** What a one-time link is for. */
export interface LinkRow {
  /** Null: it makes the operator's first account. */
  account_id: string | null;
  expires_at: Date | null;
}

/** Finds a link that still counts; null when there is none with this secret. */
export async function findLink(on: Query, secret_sha256: string, now: Date): Promise<LinkRow | null> {
  const [row] = await on.query<LinkRow>(
    `SELECT account_id, expires_at FROM account_links
     WHERE secret_sha256 = $1 AND coalesce(expires_at > $2, true)`,
    [secret_sha256, now],
  );
  return row ?? null;
}
