import { randomBytes, randomUUID } from 'node:crypto';
import { DISTRIBUTOR_SCOPE, type World } from '@opentopup/contract';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** How long a token lives, in seconds. */
export const TOKEN_LIFE_S = 3600;
/** How far apart the clocks of two machines may be. A token that would live longer than ours do is not ours. */
const CLOCKS_DIFFER_S = 60;
const ISSUER = 'opentopup';

/** Who a token speaks for. */
export interface Client {
  client_id: string;
  distributor_id: string;
  world: World;
  /** Sells within caps, what was released to it. */
  is_agent: boolean;
  requests_per_minute: number;
}

export interface Tokens {
  /** A signed access token. */
  issue: (client: Omit<Client, 'is_agent'>) => Promise<string>;
  /** Who the token speaks for, or why it does not count. Asks the database once for each token. */
  verify: (token: string) => Promise<Client | 'invalid' | 'expired'>;
}

/** Makes a new secret with which tokens may be signed. */
export const newSigningKey = (): { id: string; secret: string } => ({
  id: randomUUID(),
  secret: randomBytes(32).toString('base64url'),
});

/** How many valid tokens are remembered: checking a signature costs more than everything else that is done here. */
const REMEMBERED = 10_000;

/**
 * Access tokens: JWT (RFC 7519) signed with HMAC-SHA256 under a key that all processes share. A signature alone makes
 * nobody a client: the one it names must exist, and be what the token says.
 * @param find a client as it stands; null where there is none that counts
 */
export function createTokens(
  key: { id: string; secret: string },
  find: (client_id: string) => Promise<Omit<Client, 'requests_per_minute'> | null>,
): Tokens {
  const secret = Buffer.from(key.secret, 'base64url');
  const good = new Map<string, { client: Client; expires_ms: number }>();
  /** Tokens that are being verified: of many requests with a new token, one asks. */
  const looking = new Map<string, ReturnType<Tokens['verify']>>();

  function remember(token: string, client: Client, expires_s: number): void {
    const [oldest] = good.keys();
    if (good.size >= REMEMBERED && oldest !== undefined) good.delete(oldest);
    good.set(token, { client, expires_ms: expires_s * 1_000 });
  }

  async function read(
    token: string,
  ): Promise<{ client: Omit<Client, 'is_agent'>; expires_s: number } | 'invalid' | 'expired'> {
    try {
      const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], issuer: ISSUER });
      const { sub, exp, distributor_id, world, requests_per_minute } = payload as Partial<Client> & JWTPayload;
      if (!(sub && exp && distributor_id && world && requests_per_minute)) return 'invalid';
      if (exp - Date.now() / 1_000 > TOKEN_LIFE_S + CLOCKS_DIFFER_S) return 'invalid';
      return { client: { client_id: sub, distributor_id, world, requests_per_minute }, expires_s: exp };
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
    }
  }

  async function look(token: string): ReturnType<Tokens['verify']> {
    const told = await read(token);
    if (typeof told === 'string') return told;
    const { client: claimed, expires_s } = told;
    const known = await find(claimed.client_id);
    if (known?.distributor_id !== claimed.distributor_id || known.world !== claimed.world) return 'invalid';
    const client = { ...claimed, is_agent: known.is_agent };
    remember(token, client, expires_s);
    return client;
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
    verify(token) {
      const known = good.get(token);
      if (known) {
        if (known.expires_ms > Date.now()) return Promise.resolve(known.client);
        good.delete(token);
        return Promise.resolve('expired');
      }
      const begun = looking.get(token);
      if (begun) return begun;
      const looked = look(token).finally(() => looking.delete(token));
      looking.set(token, looked);
      return looked;
    },
  };
}
