import { type Delivery, type Webhook, wireDate } from '@opentopup/contract';
import type { DeliveryRow, WebhookRow } from './webhooks.query.ts';

/** Gives an endpoint as it goes on the wire; never its secret. */
export function wireWebhook(row: WebhookRow): Webhook {
  const { id, url, events, status, pause_reason, created_at, failing_since, old_secret_until } = row;
  return {
    id,
    url,
    events,
    status,
    ...(pause_reason && { pause_reason }),
    creation_date: wireDate(created_at),
    ...(failing_since && { failing_since_date: wireDate(failing_since) }),
    ...(old_secret_until && { old_secret_expiration_date: wireDate(old_secret_until) }),
  };
}

/** Tells how an event fared at an endpoint, as it goes on the wire. */
export function wireDelivery(row: DeliveryRow): Delivery {
  const { kind, next_at, last_at, duration_ms, response_status, response_text, error, ...rest } = row;
  return {
    ...rest,
    type: kind,
    ...(next_at && { next_attempt_date: wireDate(next_at) }),
    ...(last_at && { last_attempt_date: wireDate(last_at) }),
    ...(duration_ms !== null && { duration_ms }),
    ...(response_status !== null && { response_status }),
    ...(response_text !== null && { response_text }),
    ...(error !== null && { error }),
  };
}
