import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';

/** A pair of RSA keys, as a distributor makes it. */
export interface Pair {
  publicPem: string;
  privatePem: string;
  /** Reads what was encrypted under the public key: RSA-OAEP, SHA-256, base64. */
  decrypt: (text: string) => string;
}

export function makePair(modulusLength = 2048): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return {
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    decrypt: (text) =>
      privateDecrypt(
        { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
        Buffer.from(text, 'base64'),
      ).toString('utf8'),
  };
}
