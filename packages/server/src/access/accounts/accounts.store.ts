import type { Role } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { ACCOUNTS, type AccountRow, CAN_SIGN_IN } from './accounts.query.ts';

export interface NewAccount {
  id: string;
  email: string;
  distributor_id: string | null;
  role: Role;
  password_hash: string | null;
  at: Date;
}

/** Adds an account; false where the same business has one with its address. */
export async function addAccount(on: Query, a: NewAccount): Promise<boolean> {
  const added = await on.query(
    `INSERT INTO accounts (id, email, distributor_id, role, password_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email, distributor_id) DO NOTHING RETURNING id`,
    [a.id, a.email, a.distributor_id, a.role, a.password_hash, a.at],
  );
  return added.length > 0;
}

/** Locks an account until the transaction ends, and returns it as it stands; null when there is none. */
export async function lockAccount(tx: Query, id: string): Promise<AccountRow | null> {
  const [row] = await tx.query<AccountRow>(`${ACCOUNTS} WHERE a.id = $1 FOR NO KEY UPDATE OF a`, [id]);
  return row ?? null;
}

/**
 * Locks, until the transaction ends, the accounts to which somebody can sign in that have the same administrator role for the same
 * distributor (null: the operator). Of two administrators who remove each other, only one can.
 */
export async function lockAdmins(tx: Query, distributor_id: string | null): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM accounts
     WHERE distributor_id IS NOT DISTINCT FROM $1 AND ${CAN_SIGN_IN}
       AND role IN ('operator_admin', 'distributor_admin')
     ORDER BY id FOR UPDATE`,
    [distributor_id],
  );
  return rows.map(({ id }) => id);
}

/** Locks a distributor until the transaction ends, and counts its accounts. */
export async function lockStaff(tx: Query, distributor_id: string): Promise<number> {
  await tx.query('SELECT FROM distributors WHERE id = $1 FOR NO KEY UPDATE', [distributor_id]);
  const [row] = await tx.query<{ count: number }>('SELECT count(*) AS count FROM accounts WHERE distributor_id = $1', [
    distributor_id,
  ]);
  return row?.count ?? 0;
}

export async function setRole(tx: Query, id: string, role: Role): Promise<void> {
  await tx.query('UPDATE accounts SET role = $2 WHERE id = $1', [id, role]);
}

export async function setPasswordHash(tx: Query, id: string, password_hash: string): Promise<void> {
  await tx.query('UPDATE accounts SET password_hash = $2 WHERE id = $1', [id, password_hash]);
}

/** Removes an account with its sessions, links and codes. */
export async function deleteAccount(tx: Query, id: string): Promise<void> {
  await tx.query('DELETE FROM accounts WHERE id = $1', [id]);
}

export async function noteSignIn(on: Query, id: string, at: Date): Promise<void> {
  await on.query('UPDATE accounts SET signed_in_at = $2 WHERE id = $1', [id, at]);
}

export interface NewLink {
  secret_sha256: string;
  at: Date;
}

/** Gives an account a link, beside those that it has. */
export async function addLink(
  on: Query,
  { account_id, secret_sha256, at, expires_at }: NewLink & { account_id: string; expires_at: Date },
): Promise<void> {
  await on.query(
    'INSERT INTO account_links (secret_sha256, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)',
    [secret_sha256, account_id, at, expires_at],
  );
}

/** Ends all links of an account. */
export async function removeLinks(on: Query, account_id: string): Promise<void> {
  await on.query('DELETE FROM account_links WHERE account_id = $1', [account_id]);
}

/** Makes a link for the operator's first account. */
export async function addFirstLink(tx: Query, { secret_sha256, at }: NewLink): Promise<void> {
  await tx.query('INSERT INTO account_links (secret_sha256, created_at) VALUES ($1, $2)', [secret_sha256, at]);
}

/** Removes the links for the operator's first account: there is one, or another link. */
export async function removeFirstLinks(on: Query): Promise<void> {
  await on.query('DELETE FROM account_links WHERE account_id IS NULL');
}

/** Keeps a link from everybody else until the transaction ends; false where it does not count any more. */
export async function lockLink(tx: Query, secret_sha256: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'SELECT FROM account_links WHERE secret_sha256 = $1 AND coalesce(expires_at > $2, true) FOR UPDATE',
    [secret_sha256, now],
  );
  return rows.length === 1;
}

/** Removes links whose time is over. */
export async function removeExpiredLinks(on: Query, now: Date): Promise<void> {
  await on.query('DELETE FROM account_links WHERE expires_at <= $1', [now]);
}
