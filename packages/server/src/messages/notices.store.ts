import type { Db, Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import { LEASED_FOR, UNLEASED } from '../jobs/lease.query.ts';

export type Channel = 'email' | 'sms' | 'chat';

/** Something to be sent to a person, or to a chat. */
export interface Notice {
  distributor_id: string;
  channel: Channel;
  recipient: string;
  /** Of an e-mail. */
  subject: string;
  body: string;
  /** True for what is rather not sent at all than twice. */
  once: boolean;
}

/** Has notices sent, soon after the transaction that says so. */
export async function addNotices(tx: Query, notices: readonly Notice[], at: Date): Promise<void> {
  if (notices.length === 0) return;
  await tx.query(
    `${ON_ITS_SHARD}INSERT INTO notices (distributor_id, id, channel, recipient, subject, body, once, next_at)
     SELECT n.*, $2::timestamptz FROM jsonb_to_recordset($1::jsonb) AS n(
       distributor_id uuid, id uuid, channel text, recipient text, subject text, body text, once boolean)`,
    [JSON.stringify(notices.map((notice) => ({ id: newId(), ...notice }))), at],
  );
}

export interface LeasedNotice extends Notice {
  id: string;
  /** How often it was tried, this time included. */
  attempts: number;
  /** True where a process died over it: it may have been sent. */
  interrupted: boolean;
}

/** Takes notices in hand that are due, for a time; other processes get others. */
export function leaseNotices(
  db: Db,
  channel: Channel,
  now: Date,
  lease_ms: number,
  limit: number,
): Promise<LeasedNotice[]> {
  return db.query<LeasedNotice>(
    `${ON_EACH_SHARD}WITH due AS (
       SELECT distributor_id, id, leased_until IS NOT NULL AS interrupted FROM notices
       WHERE channel = $4 AND next_at <= $1 AND ${UNLEASED('notices')}
       ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
     )
     UPDATE notices n SET leased_until = ${LEASED_FOR('$2')}, attempts = n.attempts + 1 FROM due
     WHERE n.distributor_id = due.distributor_id AND n.id = due.id
     RETURNING n.distributor_id, n.id, n.channel, n.recipient, n.subject, n.body, n.once, n.attempts, due.interrupted`,
    [now, lease_ms, limit, channel],
  );
}

type Key = Pick<LeasedNotice, 'distributor_id' | 'id'>;

/** Removes a notice whose sending has come to an end. */
export async function removeNotice(db: Db, { distributor_id, id }: Key): Promise<void> {
  await db.query('DELETE FROM notices WHERE distributor_id = $1 AND id = $2', [distributor_id, id]);
}

/** Gives a notice back, to be tried again at `next_at`. */
export async function postponeNotice(db: Db, { distributor_id, id }: Key, next_at: Date): Promise<void> {
  await db.query('UPDATE notices SET next_at = $3, leased_until = NULL WHERE distributor_id = $1 AND id = $2', [
    distributor_id,
    id,
    next_at,
  ]);
}

/** Gives a notice back at which the server stopped: that counts as no try. */
export async function returnNotice(db: Db, { distributor_id, id }: Key): Promise<void> {
  await db.query(
    'UPDATE notices SET attempts = attempts - 1, leased_until = NULL WHERE distributor_id = $1 AND id = $2',
    [distributor_id, id],
  );
}
