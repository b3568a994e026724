/** A distributor's key pair, PEM. The private key is a secret: whoever has it can install the eSIMs that were sold. */
export interface KeyPair {
  /** SPKI, for `keys.set`. */
  publicKey: string;
  /** PKCS #8, for `decryptActivationCode`. */
  privateKey: string;
}

export const ALGORITHM = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

const LINE = 64;

function toPem(label: string, der: ArrayBuffer): string {
  const base64 = btoa(Array.from(new Uint8Array(der), (byte) => String.fromCharCode(byte)).join(''));
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** A key as WebCrypto holds it. */
export type CryptoKey = Parameters<typeof crypto.subtle.decrypt>[1];

/** Base64, blanks and line breaks allowed. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (char) => char.charCodeAt(0));
}

/** Makes an RSA key pair of 2048 bits, on this machine: the private key never leaves it. */
export async function generateKeyPair(): Promise<KeyPair> {
  const size = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const pair = await crypto.subtle.generateKey({ ...ALGORITHM, ...size }, true, ['encrypt', 'decrypt']);
  const [spki, pkcs8] = await Promise.all([
    crypto.subtle.exportKey('spki', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return { publicKey: toPem('PUBLIC KEY', spki), privateKey: toPem('PRIVATE KEY', pkcs8) };
}

/** Line ends as JSON, shells and settings files leave them in a text: written out. */
const WRITTEN_LINE_END = /\\+[rn]/g;
const PRIVATE_KEY = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/;

/**
 * Reads a private key, PEM: on one line, or with its line ends written as `\n`, too.
 * @throws TypeError for anything but an RSA key in PKCS #8, unencrypted
 */
export async function readPrivateKey(written: string): Promise<CryptoKey> {
  const pem = written.replaceAll(WRITTEN_LINE_END, '\n');
  if (pem.includes('BEGIN RSA PRIVATE KEY')) {
    throw new TypeError('PKCS #1 is not read here; turn it into PKCS #8: openssl pkcs8 -topk8 -nocrypt -in key.pem');
  }
  const [, base64] = PRIVATE_KEY.exec(pem) ?? [];
  if (base64 === undefined) throw new TypeError('not an unencrypted private key in PEM (PKCS #8)');
  return crypto.subtle.importKey('pkcs8', bytesOf(base64), ALGORITHM, false, ['decrypt']);
}
