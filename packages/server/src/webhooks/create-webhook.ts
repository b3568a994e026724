import { type Refusal, refuse, type WebhookCreation } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { newWebhookSecret, sealedForWebhook } from './secret.ts';
import { findWebhook, type WebhookRow } from './webhooks.query.ts';
import { addWebhook, lockWebhooks } from './webhooks.store.ts';

/** Most endpoints of one distributor. */
const MOST = 20;

/** An endpoint and its secret, to be told this once. */
export interface WebhookWithSecret {
  webhook: WebhookRow;
  secret: string;
}

/** Adds an endpoint: it is told what happens from now on. */
export async function createWebhook(
  ctx: Context,
  distributor_id: string,
  { url, events = [] }: WebhookCreation,
  actor: string,
): Promise<WebhookWithSecret | Refusal> {
  const { seal } = ctx;
  const fault = ctx.addressRules.faultOf(url);
  if (fault) return refuse('invalid_body_field', { field: 'url', detail: fault });
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  return ctx.store.db.transaction(async (tx) => {
    if ((await lockWebhooks(tx, distributor_id)) >= MOST) return refuse('too_many_webhooks', { detail: String(MOST) });
    const id = newId();
    const secret = newWebhookSecret();
    const at = ctx.now();
    const sealed = seal.close(secret, sealedForWebhook(id));
    await addWebhook(tx, { distributor_id, id, url, events: [...new Set(events)], secret: sealed }, at);
    const details = { after: { url, events } };
    await noteChange(tx, { at, actor, action: 'webhook.created', subject: id, distributor_id, details });
    return { webhook: (await findWebhook(tx, distributor_id, id)) as WebhookRow, secret };
  });
}
