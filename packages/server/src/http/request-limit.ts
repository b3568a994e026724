import rateLimit from '@fastify/rate-limit';
import { refuse } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../values/network.ts';
import { RefusalError } from './refusal-error.ts';

/** Counts a request, and ends it where it is one too many. */
type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * How many requests are served in a minute. Each process counts for itself, and tells in the headers `RateLimit-…` how many
 * are left (draft-ietf-httpapi-ratelimit-headers), and beyond that when to come back.
 */
export interface RequestLimits {
  /** Of one network, without a proof of who calls that needs no database: so a stranger costs little. */
  ofNetwork: Limit;
  /** Of one client or account, on all routes together; only once it is known. */
  ofCaller: Limit;
}

declare module 'fastify' {
  interface FastifyInstance {
    limits: RequestLimits;
  }
  interface FastifyContextConfig {
    /** How many requests of one network the route serves in a minute, where they are fewer than elsewhere. */
    perNetwork?: number;
  }
}

/** Enough for an office of people and for a supplier's callbacks. */
const OF_NETWORK = 12_000;
/** More networks and callers than that are not kept in mind at once. */
const REMEMBERED = 10_000;

/** Returns who calls: counted after the hook that finds out. */
function callerOf({ caller }: FastifyRequest): NonNullable<FastifyRequest['caller']> {
  if (!caller) throw new Error('requests were to be limited without asking who calls');
  return caller;
}

/** Returns true for a route that asks who calls: there, the hook that finds out counts. */
const asksWho = ({ routeOptions: { config } }: FastifyRequest): boolean => config.roles !== undefined;

/** Makes a limit of its own: a number of requests in a minute for each key. */
export function countRequests(
  app: FastifyInstance,
  max: number | ((request: FastifyRequest) => number),
  keyGenerator: (request: FastifyRequest) => string,
): Limit {
  const add = app.createRateLimit({ max, keyGenerator });
  return async (request, reply) => {
    const counted = await add(request);
    if (counted.isAllowed) return;
    const { max: most, remaining, ttlInSeconds, isExceeded } = counted;
    void reply.headers({
      'RateLimit-Limit': most,
      'RateLimit-Remaining': remaining,
      'RateLimit-Reset': ttlInSeconds,
    });
    if (isExceeded) throw new RefusalError(refuse('too_many_requests', { retry_after_s: ttlInSeconds }));
  };
}

/** Limits the requests on every route: those that ask who calls by `app.limits`, all others here. */
export async function limitRequests(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false, timeWindow: '1 minute', cache: REMEMBERED });
  const limits: RequestLimits = {
    ofNetwork: countRequests(
      app,
      ({ routeOptions: { config } }) => config.perNetwork ?? OF_NETWORK,
      ({ ip, routeOptions: { config, url } }) => `${config.perNetwork ? url : ''} ${networkOf(ip)}`,
    ),
    ofCaller: countRequests(
      app,
      (request) => callerOf(request).requests_per_minute,
      (request) => callerOf(request).actor,
    ),
  };
  app.decorate('limits', limits);
  app.addHook('onRequest', async (request, reply) => {
    if (!asksWho(request)) await limits.ofNetwork(request, reply);
  });
}
