import rateLimit from '@fastify/rate-limit';
import { refuse } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { RefusalError } from './refusal-error.ts';

/** Who calls: the hook runs after the one that finds out. */
const callerOf = ({ caller }: FastifyRequest) => {
  if (!caller) throw new Error('requests were to be limited without asking who calls');
  return caller;
};

/**
 * A hook that lets each client make as many requests in a minute as its token says, and each account as many as any other,
 * on all routes together. It tells in the headers `RateLimit-…` how many are left (draft-ietf-httpapi-ratelimit-headers), and beyond that when to come back.
 * Each process counts for itself.
 */
export async function limitRequests(app: FastifyInstance): Promise<onRequestAsyncHookHandler> {
  await app.register(rateLimit, {
    global: false,
    timeWindow: '1 minute',
    max: (request) => callerOf(request).requests_per_minute,
    keyGenerator: (request) => callerOf(request).actor,
    enableDraftSpec: true,
    errorResponseBuilder: () => new RefusalError(refuse('too_many_requests')),
  });
  return app.rateLimit();
}
