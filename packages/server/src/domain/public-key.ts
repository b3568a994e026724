import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';

export type ReadPublicKey = { ok: true; pem: string; bits: number } | { ok: false; detail: string };

const LEAST_BITS = 2048;
const MOST_BITS = 8192;
const PUBLIC_PEM = /-----BEGIN (RSA )?PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END (RSA )?PUBLIC KEY-----/g;

/** What the smallest key can encrypt, in bytes: its 256 less what OAEP with SHA-256 needs (RFC 8017, 7.1.1). */
export const LONGEST_SECRET_BYTES = LEAST_BITS / 8 - 66;

const refused = (detail: string): ReadPublicKey => ({ ok: false, detail });

/**
 * An RSA public key of 2048 to 8192 bits as PEM: SPKI (`BEGIN PUBLIC KEY`) or PKCS #1 (`BEGIN RSA PUBLIC KEY`).
 * @returns the key written anew as SPKI, so that nothing else is kept of the text; or what is wrong, without repeating
 * any of it
 */
export function readPublicKey(text: string): ReadPublicKey {
  if (text.includes('PRIVATE KEY')) {
    return refused('this is a private key, which must never be sent. It was not kept; make a new pair of keys');
  }
  if (text.includes('BEGIN CERTIFICATE')) return refused('this is a certificate; the public key alone is needed');
  const [pem, more] = text.match(PUBLIC_PEM) ?? [];
  if (pem === undefined) {
    const isBase64 = Buffer.from(text, 'base64').includes('-----BEGIN');
    return refused(`no PEM block BEGIN PUBLIC KEY was found${isBase64 ? '; base64 needs ?encoding=base64' : ''}`);
  }
  if (more !== undefined) return refused('there is more than one key');

  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    return refused('the PEM block cannot be read');
  }
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
