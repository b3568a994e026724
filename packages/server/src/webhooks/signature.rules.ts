import { createHmac } from 'node:crypto';

/** How secrets begin (Standard Webhooks). */
export const SECRET_PREFIX = 'whsec_';

/**
 * Gives the headers of a webhook (Standard Webhooks 1.0.0, "Webhook headers"): its id, when it is sent, and a signature
 * of both and the body under each secret.
 */
export function webhookHeaders(
  id: string,
  sent: Date,
  body: string,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(sent.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
