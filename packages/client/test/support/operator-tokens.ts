import { randomBytes } from 'node:crypto';
import { bad, WireRefusal, type WireRequest } from './operator-wire.ts';

export const CLIENT_ID = 'shop';
export const CLIENT_SECRET = 'a secret: with/odd+characters';

/** The operator's tokens: opaque, and few a minute. */
export class OperatorTokens {
  /** Of the tokens that are made from now on. */
  life_s = 3600;
  limit = 50;
  /** How often one was asked for. */
  made = 0;
  readonly #states = new Map<string, 'valid' | 'expired'>();

  expire(): void {
    for (const token of this.#states.keys()) this.#states.set(token, 'expired');
  }

  make({ method, headers, body }: WireRequest): unknown {
    if (method !== 'POST') throw new WireRefusal(405, 'Method Not Allowed', 61, 'method not allowed');
    const decode = (text = ''): string => decodeURIComponent(text.replaceAll('+', ' '));
    const basic = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
    this.made++;
    if (this.made > this.limit) throw new WireRefusal(429, 'Too Many Requests', 53, 'too many requests');
    if (decode(id) !== CLIENT_ID || decode(secret) !== CLIENT_SECRET) {
      throw new WireRefusal(401, 'Unauthorized', 41, 'invalid credentials');
    }
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (!isForm || body !== 'grant_type=client_credentials') throw bad(22, 'invalid body');
    const access_token = randomBytes(24).toString('base64url');
    this.#states.set(access_token, 'valid');
    return { token_type: 'Bearer', access_token, expires_in: this.life_s, scope: 'sekapi:manager:access:api' };
  }

  authenticate(authorization: string | undefined): void {
    if (!authorization) throw new WireRefusal(401, 'Unauthorized', 40, 'missing credentials');
    const token = this.#states.get(/^Bearer (\S+)$/.exec(authorization)?.[1] ?? '');
    if (token === 'expired') throw new WireRefusal(401, 'Unauthorized', 42, 'expired credentials');
    if (!token) throw new WireRefusal(401, 'Unauthorized', 41, 'invalid credentials');
  }
}
