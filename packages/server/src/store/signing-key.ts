import type { Query } from './db.ts';

export interface SigningKey {
  id: string;
  /** 32 random bytes, base64url. */
  secret: string;
}

/** The key that signs tokens, the same for all processes: the first one to start keeps its candidate. */
export async function keepSigningKey(on: Query, candidate: SigningKey): Promise<SigningKey> {
  await on.query(`INSERT INTO signing_keys (one, id, secret) VALUES (true, $1, $2) ON CONFLICT (one) DO NOTHING`, [
    candidate.id,
    candidate.secret,
  ]);
  const [key] = await on.query<SigningKey>('SELECT id, secret FROM signing_keys');
  return key as SigningKey;
}
