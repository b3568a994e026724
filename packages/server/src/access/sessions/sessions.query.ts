import type { Page, Role } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

/** A session, and who it speaks for. */
export interface SessionRow {
  id: string;
  account_id: string;
  role: Role;
  distributor_id: string | null;
  world: 'live' | 'sandbox' | null;
  /** The sandbox of its distributor, where there is one that works. */
  sandbox_id: string | null;
  created_at: Date;
  seen_at: Date;
}

/**
 * Finds the session with this secret, expired or not; null when there is none, it was ended, or its distributor is
 * suspended.
 */
export async function findSession(on: Query, secret_sha256: string): Promise<SessionRow | null> {
  const [row] = await on.query<SessionRow>(
    `SELECT s.id, s.account_id, a.role, a.distributor_id, d.world, t.id AS sandbox_id, s.created_at, s.seen_at
     FROM sessions s JOIN accounts a ON a.id = s.account_id
     LEFT JOIN distributors d ON d.id = a.distributor_id
     LEFT JOIN distributors t ON t.sandbox_of = d.id AND t.status = 'active'
     WHERE s.secret_sha256 = $1 AND s.ended_at IS NULL AND coalesce(d.status, 'active') = 'active'`,
    [secret_sha256],
  );
  return row ?? null;
}

/** Finds where to sign out at the provider where a session began, sealed; null where it began here. */
export async function findSignOut(on: Query, id: string): Promise<string | null> {
  const [row] = await on.query<{ sign_out_sealed: string | null }>(
    'SELECT sign_out_sealed FROM sessions WHERE id = $1',
    [id],
  );
  return row?.sign_out_sealed ?? null;
}

export interface SessionEntry {
  id: string;
  created_at: Date;
  seen_at: Date;
  address: string;
  agent: string;
}

/** Lists a page of an account's sessions that are not over, newest first. */
export function listSessions(
  on: Query,
  account_id: string,
  { offset, limit }: Page,
  lives: { createdAfter: Date; seenAfter: Date },
): Promise<SessionEntry[]> {
  return on.query<SessionEntry>(
    `SELECT id, created_at, seen_at, address, agent FROM sessions
     WHERE account_id = $1 AND ended_at IS NULL AND created_at > $4 AND seen_at > $5
     ORDER BY id DESC LIMIT $2 OFFSET $3`,
    [account_id, limit, offset, lives.createdAfter, lives.seenAfter],
  );
}

/**
 * Returns true where an account has signed in from there lately.
 * @param account its id; anything else is none
 */
export async function hasSignedInFrom(on: Query, account: string, address: string): Promise<boolean> {
  const rows = await on.query('SELECT FROM sessions WHERE account_id::text = $1 AND address = $2 LIMIT 1', [
    account,
    address,
  ]);
  return rows.length > 0;
}
