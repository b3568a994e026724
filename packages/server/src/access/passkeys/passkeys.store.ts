import type { Query } from '../../database/database.ts';
import type { PasskeyRow } from './passkeys.query.ts';

/** Adds a passkey; false where there is one that its device calls the same. */
export async function addPasskey(tx: Query, p: Omit<PasskeyRow, 'used_at'>): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO passkeys (id, account_id, credential_id, public_key, counter, transports, is_synced, name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (credential_id) DO NOTHING RETURNING id`,
    [p.id, p.account_id, p.credential_id, p.public_key, p.counter, p.transports, p.is_synced, p.name, p.created_at],
  );
  return rows.length === 1;
}

/**
 * Notes that a passkey was used, and how often its device has signed by now; false where that is no more than before, though
 * the device counts: then there are two of it.
 */
export async function noteUse(tx: Query, id: string, counter: number, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE passkeys SET counter = $2, used_at = $3
     WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id`,
    [id, counter, at],
  );
  return rows.length === 1;
}

export async function deletePasskey(tx: Query, id: string): Promise<void> {
  await tx.query('DELETE FROM passkeys WHERE id = $1', [id]);
}

/** Keeps what a device is to sign; of an account, or to sign in. */
export async function addChallenge(
  on: Query,
  challenge: string,
  account_id: string | null,
  expires_at: Date,
): Promise<void> {
  await on.query('INSERT INTO passkey_challenges (challenge, account_id, expires_at) VALUES ($1, $2, $3)', [
    challenge,
    account_id,
    expires_at,
  ]);
}

/** Takes what a device has signed; false where it was taken before, is another's, or its time is over. */
export async function takeChallenge(
  on: Query,
  challenge: string,
  account_id: string | null,
  now: Date,
): Promise<boolean> {
  const rows = await on.query(
    `DELETE FROM passkey_challenges
     WHERE challenge = $1 AND account_id IS NOT DISTINCT FROM $2 AND expires_at > $3 RETURNING challenge`,
    [challenge, account_id, now],
  );
  return rows.length === 1;
}

/** Removes challenges whose time is over. */
export async function removeExpiredChallenges(on: Query, now: Date): Promise<void> {
  await on.query('DELETE FROM passkey_challenges WHERE expires_at <= $1', [now]);
}
