import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { fail } from './refusal-error.ts';
import type { Tokens } from './tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The distributor whose token this is; empty where a route needs none. */
    distributorId: string;
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The digest under which a client's secret is kept. */
export const secretDigest = (secret: string): string => sha256(secret).toString('hex');

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

/** A hook that lets only distributors in, and says which one it is. */
export function requireDistributor(tokens: Tokens): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const caller = await tokens.verify(bearer(request));
    if (caller === 'expired') fail('expired_credentials');
    if (caller === 'invalid') fail('invalid_credentials');
    request.distributorId = caller.distributor_id;
  };
}

/** A hook that lets only the operator in. */
export function requireAdmin(adminToken: string): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    if (!sameSecret(bearer(request), adminToken)) fail('invalid_credentials');
  };
}
