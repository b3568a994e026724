import type { Query } from '../../database/database.ts';

export interface NewSession {
  id: string;
  account_id: string;
  secret_sha256: string;
  address: string;
  agent: string;
  at: Date;
}

export async function addSession(on: Query, s: NewSession): Promise<void> {
  await on.query(
    `INSERT INTO sessions (id, account_id, secret_sha256, address, agent, created_at, seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [s.id, s.account_id, s.secret_sha256, s.address, s.agent, s.at],
  );
}

/** Keeps where to sign out at the provider where a session began. */
export async function setSignOut(tx: Query, id: string, sealed: string): Promise<void> {
  await tx.query('UPDATE sessions SET sign_out_sealed = $2 WHERE id = $1', [id, sealed]);
}

export async function noteSeen(on: Query, id: string, at: Date): Promise<void> {
  await on.query('UPDATE sessions SET seen_at = $2 WHERE id = $1', [id, at]);
}

/** Ends the session that has this secret, if there is one. */
export async function endSessionOf(on: Query, secret_sha256: string, at: Date): Promise<void> {
  await on.query(
    `UPDATE sessions SET ended_at = $2, sign_out_sealed = NULL WHERE secret_sha256 = $1 AND ended_at IS NULL`,
    [secret_sha256, at],
  );
}

/**
 * Ends sessions of an account.
 * @param which only this one, or all but one
 * @returns how many there were
 */
export async function endSessions(
  on: Query,
  account_id: string,
  at: Date,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const rows = await on.query(
    `UPDATE sessions SET ended_at = $2, sign_out_sealed = NULL
     WHERE account_id = $1 AND ended_at IS NULL AND id = coalesce($3, id) AND id IS DISTINCT FROM $4::uuid
     RETURNING id`,
    [account_id, at, which.only ?? null, which.except ?? null],
  );
  return rows.length;
}

/** Forgets sessions that have been over since before `before`. */
export async function forgetSessions(on: Query, before: Date): Promise<void> {
  await on.query('DELETE FROM sessions WHERE coalesce(ended_at, seen_at) < $1', [before]);
}
