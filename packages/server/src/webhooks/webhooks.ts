import {
  DEFAULT_OVERLAP_S,
  type Refusal,
  refuse,
  type WebhookChange,
  type WebhookCreation,
  type WebhookRotation,
} from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { difference } from '../values/difference.ts';
import { newWebhookSecret, sealedForWebhook } from './secret.ts';
import { type DeliveryRow, findDelivery, findWebhook, type WebhookRow } from './webhooks.query.ts';
import {
  addWebhook,
  askDelivery,
  lockWebhook,
  lockWebhooks,
  markWebhookDeleted,
  replaceWebhookSecret,
  updateWebhook,
  type WebhookKey,
} from './webhooks.store.ts';

export const noWebhook = ({ id }: Pick<WebhookKey, 'id'>): Refusal =>
  refuse('not_found', { detail: `webhook ${id} not found` });

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

/** Gives an endpoint a new secret. The one it had signs too for a while; one from before that ends. */
export async function rotateWebhook(
  ctx: Context,
  key: WebhookKey,
  { overlap_s = DEFAULT_OVERLAP_S }: WebhookRotation,
  actor: string,
): Promise<WebhookWithSecret | Refusal> {
  const { seal } = ctx;
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  const { distributor_id, id: subject } = key;
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockWebhook(tx, key);
    if (!before) return noWebhook(key);
    const at = ctx.now();
    const old_secret_until = overlap_s === 0 ? null : new Date(at.getTime() + overlap_s * 1_000);
    const secret = newWebhookSecret();
    await replaceWebhookSecret(tx, key, seal.close(secret, sealedForWebhook(subject)), old_secret_until);
    const details = { after: { old_secret_expiration_date: old_secret_until } };
    await noteChange(tx, { at, actor, action: 'webhook.rotated', subject, distributor_id, details });
    return { webhook: { ...before, old_secret_until }, secret };
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

/** Removes an endpoint for good. What is on its way to it just now still arrives. */
export function deleteWebhook(ctx: Context, key: WebhookKey, actor: string): Promise<WebhookRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockWebhook(tx, key);
    if (!before) return noWebhook(key);
    await markWebhookDeleted(tx, key);
    const { distributor_id, id: subject, url, events } = before;
    const details = { before: { url, events } };
    await noteChange(tx, { at: ctx.now(), actor, action: 'webhook.deleted', subject, distributor_id, details });
    return before;
  });
}
