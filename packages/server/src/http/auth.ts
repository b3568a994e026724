import { createHash, timingSafeEqual } from 'node:crypto';
import type { World } from '@opentopup/contract';
import type { FastifyRequest } from 'fastify';
import type { AppOptions } from './app.ts';
import { fail } from './refusal-error.ts';
import type { Caller } from './tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls with a distributor's token; null where a route needs none. */
    caller: Caller | null;
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares secrets without telling by the time it takes how much of them agrees. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** The credentials of a Bearer header (RFC 6750). */
function bearer(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (!authorization) fail('missing_credentials');
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? fail('invalid_credentials');
}

/**
 * A hook that lets only distributors in, and says which one it is.
 * @param world the one that the routes belong to; null where they serve both
 */
export function requireDistributor(
  { tokens, isClosed }: AppOptions,
  world: World | null,
): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const caller = await tokens.verify(bearer(request));
    if (caller === 'expired') fail('expired_credentials');
    if (caller === 'invalid' || isClosed(caller.client_id)) fail('invalid_credentials');
    if (world !== null && caller.world !== world)
      fail('access_denied', { detail: `this token is for ${caller.world}` });
    request.caller = caller;
  };
}

/** Who calls; only where `requireDistributor` has let it in. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw new Error('a distributor’s operation was served without asking who calls');
  return caller;
}

/** The distributor that calls. */
export const distributorOf = (request: FastifyRequest): string => callerOf(request).distributor_id;

/** Who calls, for the notes of who changed what. */
export const actorOf = (request: FastifyRequest): string => `client ${callerOf(request).client_id}`;
/** Whom the admin token speaks for, in the audit trail. */
export const OPERATOR = 'operator';

/** A hook that lets only the operator in. */
export function requireOperator({ adminToken }: AppOptions): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (!sameSecret(bearer(request), adminToken)) fail('invalid_credentials');
  };
}

/** A hook that lets in who has the token of the metrics, or the operator's. */
export function requireMetricsToken({
  adminToken,
  metricsToken,
}: AppOptions): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const token = bearer(request);
    const isKnown = [adminToken, metricsToken].some((known) => known !== null && sameSecret(token, known));
    if (!isKnown) fail('invalid_credentials');
  };
}
