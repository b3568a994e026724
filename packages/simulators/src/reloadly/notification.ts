import { createHmac } from 'node:crypto';

/** What the vendor's dashboard shows for the webhook. */
export const WEBHOOK_SECRET = 'simulated-webhook-secret';

/** Signs a notification: its body, a colon and the time. */
export function signNotification(body: string): Record<string, string> {
  const at = String(Date.now());
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${body}:${at}`).digest('hex');
  return { 'x-reloadly-signature': signature, 'x-reloadly-request-timestamp': at };
}
