/** How secrets begin (Standard Webhooks). */
export const SECRET_PREFIX = 'whsec_';

const bytesOf = (binary: string): Uint8Array<ArrayBuffer> => Uint8Array.from(binary, (char) => char.charCodeAt(0));

async function signatureOf(text: string, secret: string): Promise<string> {
  const raw = bytesOf(atob(secret.slice(SECRET_PREFIX.length)));
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}

/**
 * Gives the headers of a webhook (Standard Webhooks 1.0.0, "Webhook headers"): its id, when it is sent, and a signature
 * of both and the body under each secret.
 */
export async function webhookHeaders(
  id: string,
  sent: Date,
  body: string,
  secrets: readonly string[],
): Promise<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(sent.getTime() / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = await Promise.all(secrets.map((secret) => signatureOf(signed, secret)));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
