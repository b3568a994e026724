import type { Query } from '../database/database.ts';
import { type AlertRow, COUNTS_FOR, findAlert } from './alerts.query.ts';

type Alert = Omit<AlertRow, 'crossed'>;
/** Which alert. */
export type AlertKey = Pick<AlertRow, 'distributor_id' | 'id'>;

/** Adds an alert; false where there is one for the same offer, or for all. */
export async function addAlert(tx: Query, alert: Alert): Promise<boolean> {
  const added = await tx.query(
    `INSERT INTO alerts (distributor_id, id, offer_id, units, days_of_cover, emails, chat_url, chat_address, chat_language,
                         created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING id`,
    [
      alert.distributor_id,
      alert.id,
      alert.offer_id,
      alert.units,
      alert.days_of_cover,
      alert.emails,
      alert.chat_url,
      alert.chat_address,
      alert.chat_language,
      alert.created_at,
      alert.updated_at,
    ],
  );
  return added.length > 0;
}

/** Locks an alert until the transaction ends, and returns it as it stands; null where the distributor has no such alert. */
export async function lockAlert(tx: Query, { distributor_id, id }: AlertKey): Promise<AlertRow | null> {
  await tx.query('SELECT FROM alerts WHERE distributor_id = $1 AND id = $2 FOR NO KEY UPDATE', [distributor_id, id]);
  return findAlert(tx, distributor_id, id);
}

export async function saveAlert(tx: Query, alert: Alert): Promise<void> {
  await tx.query(
    `UPDATE alerts SET units = $3, days_of_cover = $4, emails = $5, chat_url = $6, chat_address = $7, chat_language = $8,
                       chat_stopped_at = $9, chat_stop_cause = $10, chat_failed_at = $11, chat_failure_cause = $12,
                       updated_at = $13
     WHERE distributor_id = $1 AND id = $2`,
    [
      alert.distributor_id,
      alert.id,
      alert.units,
      alert.days_of_cover,
      alert.emails,
      alert.chat_url,
      alert.chat_address,
      alert.chat_language,
      alert.chat_stopped_at,
      alert.chat_stop_cause,
      alert.chat_failed_at,
      alert.chat_failure_cause,
      alert.updated_at,
    ],
  );
}

/** Where a message to a chat goes now; null where the alert has none any more. */
export async function findChat(on: Query, { distributor_id, id }: AlertKey): Promise<string | null> {
  const [row] = await on.query<{ chat_url: string | null }>(
    'SELECT chat_url FROM alerts WHERE distributor_id = $1 AND id = $2',
    [distributor_id, id],
  );
  return row?.chat_url ?? null;
}

/** Keeps why a message to a chat was given up, unless it has another address meanwhile. */
export async function failChat(on: Query, key: AlertKey, url: string, cause: string, at: Date): Promise<void> {
  await on.query(
    `UPDATE alerts SET chat_failed_at = $4, chat_failure_cause = $5
     WHERE distributor_id = $1 AND id = $2 AND chat_url = $3 AND chat_stopped_at IS NULL`,
    [key.distributor_id, key.id, url, at, cause],
  );
}

/** Begins nothing more in a chat, unless it has another address meanwhile. */
export async function stopChat(on: Query, key: AlertKey, url: string, cause: string, at: Date): Promise<void> {
  await on.query(
    `UPDATE alerts SET chat_stopped_at = $4, chat_stop_cause = $5, chat_failed_at = NULL, chat_failure_cause = NULL
     WHERE distributor_id = $1 AND id = $2 AND chat_url = $3 AND chat_stopped_at IS NULL`,
    [key.distributor_id, key.id, url, at, cause],
  );
}

/** Forgets what a chat has failed at, for it takes messages; one that was given up is written to again. */
export async function resumeChat(on: Query, key: AlertKey, url: string): Promise<void> {
  await on.query(
    `UPDATE alerts SET chat_stopped_at = NULL, chat_stop_cause = NULL, chat_failed_at = NULL, chat_failure_cause = NULL
     WHERE distributor_id = $1 AND id = $2 AND chat_url = $3
       AND (chat_stopped_at IS NOT NULL OR chat_failed_at IS NOT NULL)`,
    [key.distributor_id, key.id, url],
  );
}

export async function removeAlert(
  tx: Query,
  { distributor_id, id }: Pick<Alert, 'distributor_id' | 'id'>,
): Promise<void> {
  await tx.query('DELETE FROM alerts WHERE distributor_id = $1 AND id = $2', [distributor_id, id]);
}

/** Has the thresholds computed again that an alert is for. The distributor is locked: no two do this at once. */
export async function watchOffers(
  tx: Query,
  { distributor_id, offer_id }: Pick<Alert, 'distributor_id' | 'offer_id'>,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO stock_watches (distributor_id, offer_id, due_at)
     SELECT b.distributor_id, b.offer_id, $3 FROM buckets b
     WHERE b.distributor_id = $1 AND ${COUNTS_FOR('$2::uuid', 'b')}
     ORDER BY b.offer_id
     ON CONFLICT (distributor_id, offer_id) DO UPDATE SET due_at = excluded.due_at`,
    [distributor_id, offer_id, at],
  );
}
