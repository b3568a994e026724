import { createHash, randomBytes } from 'node:crypto';

/** Makes a new secret: 32 random bytes, so that a plain SHA-256 of it cannot be searched. */
export const newClientSecret = (): string => randomBytes(32).toString('base64url');

/** Returns the digest under which a client's secret is kept. */
export const secretDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const LONGEST_SLUG = 32;

/** Makes a new id for a client: who it is for, so that people can tell it from others, and something random. */
export function newClientId(distributorName: string): string {
  const slug = distributorName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replaceAll(/^-|-$/g, '');
  return `${slug || 'client'}-${randomBytes(6).toString('hex')}`;
}
