import { type Refusal, refuse, type WebhookChange } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { difference } from '../values/difference.ts';
import { findWebhook, type WebhookRow } from './webhooks.query.ts';
import { lockWebhook, updateWebhook, type WebhookKey } from './webhooks.store.ts';

/** Changes where an endpoint is and what it is told, pauses it, or makes it active again. */
export async function changeWebhook(
  ctx: Context,
  key: WebhookKey,
  { url, events, status }: WebhookChange,
  actor: string,
): Promise<WebhookRow | Refusal> {
  const fault = url === undefined ? null : ctx.addressRules.faultOf(url);
  if (fault) return refuse('invalid_body_field', { field: 'url', detail: fault });
  const { distributor_id, id } = key;
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockWebhook(tx, key);
    if (!before) return noWebhook(key);
    const fields = {
      ...(url !== undefined && { url }),
      ...(events && { events: [...new Set(events)] }),
      ...(status && { status }),
    };
    const differing = difference<Pick<WebhookRow, 'url' | 'events' | 'status'>>(before, fields);
    if (!differing) return before;
    const after = { ...before, ...fields };
    const pause_reason = after.status === 'active' ? null : (before.pause_reason ?? 'asked');
    await updateWebhook(tx, { ...after, pause_reason });
    const at = ctx.now();
    const details = differing;
    await noteChange(tx, { at, actor, action: 'webhook.changed', subject: id, distributor_id, details });
    return (await findWebhook(tx, distributor_id, id)) as WebhookRow;
  });
}

export const noWebhook = ({ id }: Pick<WebhookKey, 'id'>): Refusal =>
  refuse('not_found', { detail: `webhook ${id} not found` });
