import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets that must be read again: whoever has only the database cannot read them. */
export interface Seal {
  /** @param about what the secret belongs to; it can be opened for nothing else */
  close: (secret: string, about: string) => string;
  /** A digest of something that could be tried out: without the key nobody can. */
  digest: (text: string) => string;
  /** @throws when it was sealed under another key or for something else, or was changed */
  open: (sealed: string, about: string) => string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Creates a seal by AES-256-GCM.
 * @param key 32 random bytes
 */
export function createSeal(key: Buffer): Seal {
  const ofDigests = Buffer.from(hkdfSync('sha256', key, '', 'digests', 32));
  return {
    digest: (text) => createHmac('sha256', ofDigests).update(text).digest('base64url'),
    close(secret, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(text).toString('utf8');
    },
  };
}
