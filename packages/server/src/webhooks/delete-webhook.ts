import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { noWebhook } from './change-webhook.ts';
import type { WebhookRow } from './webhooks.query.ts';
import { lockWebhook, deleteWebhook as markDeleted, type WebhookKey } from './webhooks.store.ts';

/** Removes an endpoint for good. What is on its way to it just now still arrives. */
export function deleteWebhook(ctx: Context, key: WebhookKey, actor: string): Promise<WebhookRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockWebhook(tx, key);
    if (!before) return noWebhook(key);
    await markDeleted(tx, key);
    const { distributor_id, id: subject, url, events } = before;
    const details = { before: { url, events } };
    await noteChange(tx, { at: ctx.now(), actor, action: 'webhook.deleted', subject, distributor_id, details });
    return before;
  });
}
