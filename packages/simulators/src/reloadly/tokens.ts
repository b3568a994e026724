import { randomBytes } from 'node:crypto';
import type { VendorAnswer, VendorRequest } from '../dialect.ts';
import { reloadlyError } from './answers.ts';

export const RELOADLY_CREDENTIALS = { CLIENT_ID: 'simulated-id', CLIENT_SECRET: 'simulated-secret' };

/** The tokens that were made, and how long each counts. */
export class ReloadlyTokens {
  /** Of the tokens that are made from now on. The vendor's own live 60 days. */
  life_s = 5_184_000;
  readonly #ends = new Map<string, number>();

  make(request: VendorRequest): VendorAnswer {
    const { client_id, client_secret, grant_type, audience } = (request.body ?? {}) as Record<string, unknown>;
    const isClient =
      client_id === RELOADLY_CREDENTIALS.CLIENT_ID && client_secret === RELOADLY_CREDENTIALS.CLIENT_SECRET;
    if (!isClient || grant_type !== 'client_credentials' || typeof audience !== 'string') {
      return reloadlyError('INVALID_CREDENTIALS', request);
    }
    const access_token = randomBytes(24).toString('base64url');
    this.#ends.set(access_token, Date.now() + this.life_s * 1_000);
    return {
      status: 200,
      body: { access_token, scope: 'developer', expires_in: this.life_s, token_type: 'Bearer' },
    };
  }

  /** Gives the refusal of who calls with no token, or with one that has ended. */
  refuse(request: VendorRequest): VendorAnswer | null {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const end = this.#ends.get(token);
    if (end === undefined) return reloadlyError('INVALID_TOKEN', request);
    return Date.now() < end ? null : reloadlyError('TOKEN_EXPIRED', request);
  }

  /** Ends all tokens now. @param life_s of those that are made from now on */
  endAll(life_s: number): void {
    this.life_s = life_s;
    for (const token of this.#ends.keys()) this.#ends.set(token, 0);
  }
}
