import { constants, createPrivateKey, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';

export type ReadPublicKey = { ok: true; pem: string; bits: number } | { ok: false; detail: string };

const LEAST_BITS = 2048;
const MOST_BITS = 8192;
const PUBLIC_PEM = /-----BEGIN ((?:RSA )?PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;
/** Line ends as JSON, shells and settings files leave them in a text: written out. */
const WRITTEN_LINE_END = /\\+[rn]/g;
const BASE64 = /^[A-Za-z0-9+/\s_-]+[=\s]*$/;

/** What the smallest key can encrypt, in bytes: its 256 less what OAEP with SHA-256 needs (RFC 8017, 7.1.1). */
export const LONGEST_SECRET_BYTES = LEAST_BITS / 8 - 66;

const refused = (detail: string): ReadPublicKey => ({ ok: false, detail });
const PRIVATE = refused('this is a private key, which must never be sent. It was not kept; make a new pair of keys');
const NO_KEY = refused('no PEM block BEGIN PUBLIC KEY was found, nor base64 of a public key');

/** Returns the first reading of several that succeeds; null where none does. */
function firstOf(readings: readonly (() => KeyObject)[]): KeyObject | null {
  for (const read of readings) {
    try {
      return read();
    } catch {
      // Then it is something else.
    }
  }
  return null;
}

/** Reads a public key in any form: DER tells by itself which one it has, and labels are sometimes wrong. */
const publicKeyIn = (key: Buffer): KeyObject | null =>
  firstOf((['spki', 'pkcs1'] as const).map((type) => () => createPublicKey({ key, format: 'der', type })));
const isPrivate = (key: Buffer): boolean =>
  firstOf((['pkcs8', 'pkcs1', 'sec1'] as const).map((type) => () => createPrivateKey({ key, format: 'der', type }))) !==
  null;

/**
 * Reads an RSA public key of 2048 to 8192 bits: SPKI (`BEGIN PUBLIC KEY`) or PKCS #1 (`BEGIN RSA PUBLIC KEY`), as PEM,
 * on one line or with its line ends written as `\n` too, or as base64 of PEM or DER.
 * @returns the key written again as SPKI, so that nothing else is kept of the text; or what is wrong, without repeating
 * any of it
 */
export function readPublicKey(written: string): ReadPublicKey {
  const text = written.replaceAll(WRITTEN_LINE_END, '\n');
  if (text.includes('PRIVATE KEY')) return PRIVATE;
  if (text.includes('BEGIN CERTIFICATE')) return refused('this is a certificate; the public key alone is needed');
  const [block, more] = [...text.matchAll(PUBLIC_PEM)];
  if (more) return refused('there is more than one key');
  if (block) return keyOf(Buffer.from(block[2] ?? '', 'base64')) ?? refused('the PEM block cannot be read');
  const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  return bytes.includes('-----BEGIN') ? readPublicKey(bytes.toString()) : (keyOf(bytes) ?? NO_KEY);
}

/** Reads the key in DER; null where there is none. */
function keyOf(der: Buffer): ReadPublicKey | null {
  if (isPrivate(der)) return PRIVATE;
  const key = publicKeyIn(der);
  if (!key) return null;
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  if (asymmetricKeyType !== 'rsa') return refused(`an RSA key is needed, this one is ${asymmetricKeyType}`);
  const { modulusLength: bits = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {};
  if (bits < LEAST_BITS || bits > MOST_BITS) {
    return refused(`${LEAST_BITS} to ${MOST_BITS} bits are needed, this one has ${bits}`);
  }
  // With an exponent of 1 the text would travel in clear.
  if (publicExponent < 3n || publicExponent % 2n === 0n) return refused('its exponent is of no use');
  return { ok: true, pem: key.export({ type: 'spki', format: 'pem' }).toString(), bits };
}

/** Encrypts a short text so that only the holder of the private key can read it: RSA-OAEP, SHA-256 and MGF1 SHA-256, base64. */
export function encryptFor(pem: string, text: string): string {
  const how = { key: pem, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return publicEncrypt(how, Buffer.from(text)).toString('base64');
}
