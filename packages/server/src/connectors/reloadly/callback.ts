import { createHmac, timingSafeEqual } from 'node:crypto';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { readAttemptReference } from '../../values/attempt.ts';
import type { Callback, CallbackNews, SupplierAccess } from '../connector.ts';

const SIGNATURE = 'x-reloadly-signature';
const SIGNED_AT = 'x-reloadly-request-timestamp';

const Named = Type.Object({ customIdentifier: Type.String() });
/** Its notifications are in none of its descriptions: those who got some have seen the order in one of these places. */
const Notification = Type.Union([
  Type.Object({ type: Type.String(), data: Type.Union([Named, Type.Object({ transaction: Named })]) }),
  Named,
]);

/** Tells whether a notification is signed: its body, a colon and the time, under the secret of the webhook. */
function isSigned({ headers, body }: Callback, secret: string): boolean {
  const signed = Buffer.concat([body, Buffer.from(`:${String(headers[SIGNED_AT] ?? '')}`)]);
  const expected = createHmac('sha256', secret).update(signed).digest();
  const given = Buffer.from(String(headers[SIGNATURE] ?? ''), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * Reads of which order a notification tells. What it tells is not believed, signed or not: no description says how it is
 * written, and asking is certain.
 */
export function readReloadlyCallback(callback: Callback, { secrets }: SupplierAccess): CallbackNews | null {
  const secret = secrets['webhook_secret'];
  if (secret !== undefined && !isSigned(callback, secret)) return null;
  const told = read(callback.body);
  if (!Value.Check(Notification, told)) return null;
  const named = 'data' in told ? told.data : told;
  const { customIdentifier } = 'transaction' in named ? named.transaction : named;
  return readAttemptReference(customIdentifier) ? { reference: customIdentifier, outcome: null } : null;
}
