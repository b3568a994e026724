import type { EventType, Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** An endpoint of a distributor. */
export interface WebhookRow {
  distributor_id: string;
  id: string;
  url: string;
  /** None: all. */
  events: EventType[];
  status: 'active' | 'paused';
  pause_reason: 'asked' | 'gone' | 'failing' | 'secret_lost' | null;
  created_at: Date;
  failing_since: Date | null;
  old_secret_until: Date | null;
}

const COLUMNS = 'distributor_id, id, url, events, status, pause_reason, created_at, failing_since, old_secret_until';
const WEBHOOKS = `SELECT ${COLUMNS} FROM webhooks WHERE distributor_id = $1 AND status <> 'deleted'`;

/** Lists all endpoints of a distributor, oldest first. */
export const listWebhooks = (on: Query, distributorId: string): Promise<WebhookRow[]> =>
  on.query<WebhookRow>(`${WEBHOOKS} ORDER BY id`, [distributorId]);

/** Finds one endpoint of a distributor; null when it has no such endpoint. */
export async function findWebhook(on: Query, distributorId: string, id: string): Promise<WebhookRow | null> {
  const [row] = await on.query<WebhookRow>(`${WEBHOOKS} AND id = $2`, [distributorId, id]);
  return row ?? null;
}

/** How an event fared at an endpoint. */
export interface DeliveryRow {
  webhook_id: string;
  event_id: string;
  kind: EventType;
  status: 'pending' | 'delivered' | 'dead';
  attempts: number;
  next_at: Date | null;
  last_at: Date | null;
  duration_ms: number | null;
  response_status: number | null;
  response_text: string | null;
  error: string | null;
}

const DELIVERIES = `
SELECT v.webhook_id, v.event_id, e.kind, v.status, v.attempts, v.next_at, v.last_at, v.duration_ms, v.response_status,
       v.response_text, v.error
FROM deliveries v JOIN events e ON e.distributor_id = v.distributor_id AND e.id = v.event_id
WHERE v.distributor_id = $1 AND v.webhook_id = $2`;

/** Reads a page of the deliveries to an endpoint, newest event first. */
export function listDeliveries(
  on: Query,
  { distributor_id, id }: Pick<WebhookRow, 'distributor_id' | 'id'>,
  { offset, limit }: Page,
  status: DeliveryRow['status'] | undefined,
): Promise<DeliveryRow[]> {
  return on.query<DeliveryRow>(
    `${DELIVERIES} AND ($5::text IS NULL OR v.status = $5) ORDER BY v.event_id DESC LIMIT $3 OFFSET $4`,
    [distributor_id, id, limit, offset, status ?? null],
  );
}

/** Tells how one event fared at an endpoint; null where it was not sent there. */
export async function findDelivery(
  on: Query,
  distributorId: string,
  webhookId: string,
  eventId: string,
): Promise<DeliveryRow | null> {
  const [row] = await on.query<DeliveryRow>(`${DELIVERIES} AND v.event_id = $3`, [distributorId, webhookId, eventId]);
  return row ?? null;
}
