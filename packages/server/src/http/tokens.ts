import { randomBytes, randomUUID } from 'node:crypto';
import { DISTRIBUTOR_SCOPE, type World } from '@opentopup/contract';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** How long a token lives, in seconds. */
export const TOKEN_LIFE_S = 3600;
const ISSUER = 'opentopup';

/** Who a token speaks for. */
export interface Client {
  client_id: string;
  distributor_id: string;
  world: World;
  requests_per_minute: number;
}

export interface Tokens {
  /** A signed access token. */
  issue: (client: Client) => Promise<string>;
  /** Who the token speaks for, or why it does not count. Needs no database. */
  verify: (token: string) => Promise<Client | 'invalid' | 'expired'>;
}

/** A new secret with which tokens may be signed. */
export const newSigningKey = (): { id: string; secret: string } => ({
  id: randomUUID(),
  secret: randomBytes(32).toString('base64url'),
});

/** So many tokens that were found good are remembered: checking a signature costs more than all else that is done here. */
const REMEMBERED = 10_000;

/** Access tokens: JWT (RFC 7519) signed with HMAC-SHA256 under a key that all processes share. */
export function createTokens(key: { id: string; secret: string }): Tokens {
  const secret = Buffer.from(key.secret, 'base64url');
  const good = new Map<string, { client: Client; expires_ms: number }>();

  function remember(token: string, client: Client, expires_s: number): void {
    const [oldest] = good.keys();
    if (good.size >= REMEMBERED && oldest !== undefined) good.delete(oldest);
    good.set(token, { client, expires_ms: expires_s * 1_000 });
  }

  return {
    issue: ({ client_id, ...claims }) =>
      new SignJWT({ ...claims, scope: DISTRIBUTOR_SCOPE })
        .setProtectedHeader({ alg: 'HS256', kid: key.id })
        .setIssuer(ISSUER)
        .setSubject(client_id)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_LIFE_S} s`)
        .sign(secret),
    async verify(token) {
      const known = good.get(token);
      if (known) {
        if (known.expires_ms > Date.now()) return known.client;
        good.delete(token);
        return 'expired';
      }
      try {
        const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], issuer: ISSUER });
        const { sub, exp, distributor_id, world, requests_per_minute } = payload as Partial<Client> & JWTPayload;
        if (!(sub && exp && distributor_id && world && requests_per_minute)) return 'invalid';
        const client = { client_id: sub, distributor_id, world, requests_per_minute };
        remember(token, client, exp);
        return client;
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
      }
    },
  };
}
