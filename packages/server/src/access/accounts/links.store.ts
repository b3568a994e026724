import type { Query } from '../../database/database.ts';

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
