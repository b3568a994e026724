import { canonicalBytes } from './canonical-bytes.ts';
import type { DocumentKeySet, SignedDocument } from './signing.ts';

/** What the signature of a document proves: `changed`, that it is not what was signed. */
export type SignatureVerdict = 'valid' | 'changed' | 'unknown_key';

/** Returns the signed document that a text holds; null where it is none. */
export function readSigned(text: string): SignedDocument | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isSigned(value) && !repeatsNames(text) ? value : null;
}

/**
 * Tells whether an object in a JSON text has a name twice. Programs see the last one only, people the first: what was signed
 * would not be what is read.
 */
function repeatsNames(json: string): boolean {
  const names: Set<string>[] = [];
  let last = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/g)) {
    if (token === '{') names.push(new Set());
    else if (token === '}') names.pop();
    else if (token !== ':') last = token;
    else {
      const name = JSON.parse(last) as string;
      if (names.at(-1)?.has(name)) return true;
      names.at(-1)?.add(name);
    }
  }
  return false;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isSigned(value: unknown): value is SignedDocument & Record<string, unknown> {
  if (!isObject(value) || !isObject(value['document']) || !isObject(value['signature'])) return false;
  const { kid, algorithm, value: bytes } = value['signature'];
  const isOurs = typeof kid === 'string' && algorithm === 'EdDSA' && typeof bytes === 'string';
  return isOurs && typeof value['document']['type'] === 'string';
}

/** Checks bytes by the public keys of whoever has signed them. */
export async function verifyBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { kid, value }: { kid: string; value: string },
  { keys }: DocumentKeySet,
): Promise<SignatureVerdict> {
  const jwk = keys.find((each) => each.kid === kid);
  if (!jwk) return 'unknown_key';
  const { kty, crv, x } = jwk;
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
  const signature = readBase64url(value);
  return signature && (await crypto.subtle.verify('Ed25519', key, signature, bytes)) ? 'valid' : 'changed';
}

/** Reads base64url; null where it is none. */
export function readBase64url(base64url: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(base64url)) return null;
  try {
    return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Checks a document by the public keys of whoever has signed it. Nothing else is asked, so it needs no network. */
export const verifySigned = (
  { document, signature }: SignedDocument,
  keys: DocumentKeySet,
): Promise<SignatureVerdict> => verifyBytes(canonicalBytes(document), signature, keys);
