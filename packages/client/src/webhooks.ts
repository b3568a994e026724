import type { Event } from '@opentopup/contract';

/** Why a webhook cannot be trusted. */
export type WebhookFault = 'missing_header' | 'bad_timestamp' | 'too_old' | 'too_new' | 'wrong_signature' | 'bad_body';

/** A webhook that is not to be acted on. Answer it 400. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly fault: WebhookFault;

  constructor(fault: WebhookFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** A webhook that was signed with your secret. */
export interface SignedWebhook {
  /** The same each time this event is sent again: what was done for it once need not be done twice. */
  id: string;
  /** When it was sent. */
  timestamp: Date;
  /** What has happened. Its `type` says what `data` holds; types are added, so leave alone those you do not know. */
  event: Event;
}

export interface WebhookOptions {
  /** How much its time may differ from the clock here, in seconds; 300 unless told. */
  tolerance_s?: number;
}

/** Headers as `fetch` has them, or as Node's http server does. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | string[] | undefined>>;

const PREFIX = 'whsec_';
const TOLERANCE_S = 300;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

function header(headers: WebhookHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookError('missing_header', `the header ${name} is missing`);
}

function timestampOf(text: string, tolerance_s: number): Date {
  const timestamp_s = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(timestamp_s)) throw new WebhookError('bad_timestamp', 'webhook-timestamp is no time');
  const age_s = Date.now() / 1000 - timestamp_s;
  if (age_s > tolerance_s) throw new WebhookError('too_old', `sent ${Math.round(age_s)} seconds ago`);
  if (age_s < -tolerance_s) throw new WebhookError('too_new', `sent ${Math.round(-age_s)} seconds from now`);
  return new Date(timestamp_s * 1000);
}

function signatures(list: string): Uint8Array<ArrayBuffer>[] {
  return list
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .flatMap((each) => {
      try {
        return [bytesOf(each.slice(3))];
      } catch {
        return [];
      }
    });
}

/**
 * Verifies a webhook (Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`). The comparison is WebCrypto's own, which
 * takes the same time whatever differs.
 * @param body as it came, byte for byte: not parsed and written again
 * @param secret `whsec_…`; several while one is being replaced
 * @throws WebhookError
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { tolerance_s = TOLERANCE_S }: WebhookOptions = {},
): Promise<SignedWebhook> {
  const id = header(headers, 'webhook-id');
  const seconds = header(headers, 'webhook-timestamp');
  const given = signatures(header(headers, 'webhook-signature'));
  const timestamp = timestampOf(seconds, tolerance_s);
  const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const signed = new TextEncoder().encode(`${id}.${seconds}.${text}`);
  for (const each of typeof secret === 'string' ? [secret] : secret) {
    const raw = bytesOf(each.startsWith(PREFIX) ? each.slice(PREFIX.length) : each);
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
    for (const signature of given) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return { id, timestamp, event: parsed(text) };
    }
  }
  throw new WebhookError('wrong_signature', 'no signature was made with this secret over this body');
}

function parsed(text: string): Event {
  try {
    return JSON.parse(text) as Event;
  } catch {
    throw new WebhookError('bad_body', 'the body is not JSON');
  }
}
