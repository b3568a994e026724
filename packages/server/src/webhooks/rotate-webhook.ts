import { DEFAULT_OVERLAP_S, type Refusal, refuse, type WebhookRotation } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { noWebhook } from './change-webhook.ts';
import type { WebhookWithSecret } from './create-webhook.ts';
import { newWebhookSecret, sealedForWebhook } from './secret.ts';
import { lockWebhook, replaceWebhookSecret, type WebhookKey } from './webhooks.store.ts';

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
