import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { noWebhook } from './change-webhook.ts';
import { type DeliveryRow, findDelivery } from './webhooks.query.ts';
import { askDelivery, lockWebhook, type WebhookKey } from './webhooks.store.ts';

/** Has an event sent to an endpoint again that it was sent before, whatever became of it. */
export function resendDelivery(ctx: Context, key: WebhookKey, eventId: string): Promise<DeliveryRow | Refusal> {
  const { distributor_id, id } = key;
  return ctx.store.db.transaction(async (tx) => {
    if (!(await lockWebhook(tx, key))) return noWebhook(key);
    if (!(await findDelivery(tx, distributor_id, id, eventId))) {
      return refuse('not_found', { detail: `delivery ${eventId} not found` });
    }
    await askDelivery(tx, key, eventId, ctx.now());
    return (await findDelivery(tx, distributor_id, id, eventId)) as DeliveryRow;
  });
}

/** Tells an endpoint, and no other, that it is tested. */
export function testWebhook(ctx: Context, key: WebhookKey): Promise<DeliveryRow | Refusal> {
  const { distributor_id, id } = key;
  return ctx.store.db.transaction(async (tx) => {
    if (!(await lockWebhook(tx, key))) return noWebhook(key);
    const at = ctx.now();
    const data = { webhook_id: id };
    const eventId = await writeEvent(tx, { distributor_id, kind: 'webhook.test', subject_id: id, at, data });
    await askDelivery(tx, key, eventId, at);
    return (await findDelivery(tx, distributor_id, id, eventId)) as DeliveryRow;
  });
}
