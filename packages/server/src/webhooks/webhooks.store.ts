import type { Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import type { Progress } from '../jobs/progress.rules.ts';
import { findWebhook, type WebhookRow } from './webhooks.query.ts';

export interface WebhookKey {
  distributor_id: string;
  id: string;
}

/**
 * Keeps others from adding endpoints to a distributor until the transaction ends.
 * @returns how many it has
 */
export async function lockWebhooks(tx: Query, distributorId: string): Promise<number> {
  await tx.query('SELECT FROM distributors WHERE id = $1 FOR NO KEY UPDATE', [distributorId]);
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM webhooks WHERE distributor_id = $1 AND status <> 'deleted'`,
    [distributorId],
  );
  return row?.count ?? 0;
}

/** Adds an endpoint, which is told all that happens from here on. */
export async function addWebhook(
  tx: Query,
  webhook: WebhookKey & Pick<WebhookRow, 'url' | 'events'> & { secret: string },
  at: Date,
): Promise<void> {
  await tx.query(
    'INSERT INTO webhooks (distributor_id, id, url, events, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [webhook.distributor_id, webhook.id, webhook.url, webhook.events, webhook.secret, at],
  );
}

/** Finds one endpoint, and keeps it as it stands until the transaction ends; null when the distributor has no such endpoint. */
export async function lockWebhook(tx: Query, { distributor_id, id }: WebhookKey): Promise<WebhookRow | null> {
  await tx.query('SELECT FROM webhooks WHERE distributor_id = $1 AND id = $2 FOR UPDATE', [distributor_id, id]);
  return findWebhook(tx, distributor_id, id);
}

/** Writes what may change of an endpoint. What failed before is forgotten: it is tried at once. */
export async function updateWebhook(
  tx: Query,
  webhook: WebhookKey & Pick<WebhookRow, 'url' | 'events' | 'status' | 'pause_reason'>,
): Promise<void> {
  await tx.query(
    `UPDATE webhooks SET url = $3, events = $4, status = $5, pause_reason = $6, failures = 0, failing_since = NULL,
       rest_until = NULL
     WHERE distributor_id = $1 AND id = $2`,
    [webhook.distributor_id, webhook.id, webhook.url, webhook.events, webhook.status, webhook.pause_reason],
  );
}

/** Gives an endpoint another secret; the one it had signs too, until then. Null ends it at once. */
export async function replaceWebhookSecret(
  tx: Query,
  { distributor_id, id }: WebhookKey,
  secret: string,
  old_secret_until: Date | null,
): Promise<void> {
  await tx.query(
    `UPDATE webhooks SET secret = $3, old_secret_until = $4, old_secret = CASE WHEN $4::timestamptz IS NOT NULL THEN secret END
     WHERE distributor_id = $1 AND id = $2`,
    [distributor_id, id, secret, old_secret_until],
  );
}

/** Removes an endpoint: nothing is sent to it any more. Its deliveries follow later. */
export async function markWebhookDeleted(tx: Query, { distributor_id, id }: WebhookKey): Promise<void> {
  await tx.query(
    `UPDATE webhooks SET status = 'deleted', pause_reason = NULL, secret = '', old_secret = NULL, old_secret_until = NULL
     WHERE distributor_id = $1 AND id = $2`,
    [distributor_id, id],
  );
}

/** Has an event sent to an endpoint at the next occasion, whatever became of it before. */
export async function askDelivery(
  tx: Query,
  { distributor_id, id }: WebhookKey,
  eventId: string,
  at: Date,
): Promise<void> {
  await tx.query(
    `${ON_ITS_SHARD}INSERT INTO deliveries (distributor_id, webhook_id, event_id, turn, transaction_id, status, attempts, next_at)
     SELECT distributor_id, $2, id, turn, CASE WHEN kind LIKE 'transaction.%' THEN subject_id END, 'pending', 0, $4
     FROM events WHERE distributor_id = $1 AND id = $3
     ON CONFLICT (distributor_id, webhook_id, event_id) DO UPDATE
       SET status = 'pending', attempts = 0, next_at = excluded.next_at, first_at = NULL`,
    [distributor_id, id, eventId, at],
  );
}

const AT_ONCE = 5_000;

/**
 * Removes deliveries of events that were removed, made before an instant, and of endpoints that were removed, some at a
 * time; then those endpoints.
 * @returns whether there may be more
 */
export async function removeOldDeliveries(on: Query, before: Date): Promise<Progress> {
  const removed = await on.query(
    `${ON_EACH_SHARD}DELETE FROM deliveries WHERE (distributor_id, webhook_id, event_id) IN (
       SELECT old.distributor_id, old.webhook_id, old.event_id FROM webhooks w
       CROSS JOIN LATERAL (
         SELECT distributor_id, webhook_id, event_id FROM deliveries v
         WHERE v.distributor_id = w.distributor_id AND v.webhook_id = w.id AND (w.status = 'deleted' OR v.event_id < $1
           AND NOT EXISTS (SELECT FROM events e WHERE e.distributor_id = v.distributor_id AND e.id = v.event_id))
         ORDER BY v.event_id LIMIT ${AT_ONCE}
       ) old LIMIT ${AT_ONCE})
     RETURNING 1`,
    [firstIdAt(before)],
  );
  if (removed.length === AT_ONCE) return 'more';
  await on.query(
    `${ON_EACH_SHARD}DELETE FROM webhooks w WHERE status = 'deleted' AND NOT EXISTS (
       SELECT FROM deliveries v WHERE v.distributor_id = w.distributor_id AND v.webhook_id = w.id)`,
  );
  return 'done';
}
