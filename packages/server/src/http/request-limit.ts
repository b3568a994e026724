import { refuse } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../values/network.ts';
import { RefusalError } from './refusal-error.ts';

/** Counts a request, and ends it where it is one too many. */
type Limit = (request: FastifyRequest, reply: FastifyReply) => void;

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
const WINDOW_MS = 60_000;

/** Returns who calls: counted after the hook that finds out. */
function callerOf({ caller }: FastifyRequest): NonNullable<FastifyRequest['caller']> {
  if (!caller) throw new Error('requests were to be limited without asking who calls');
  return caller;
}

/** Returns true for a route that asks who calls: there, the hook that finds out counts. */
const asksWho = ({ routeOptions: { config } }: FastifyRequest): boolean => config.roles !== undefined;

/** How many requests of one key came since its window began. */
interface Count {
  requests: number;
  ends_ms: number;
}

/**
 * Makes a limit of its own: a number of requests in a minute for each key, from its first one on. It stands in the way of every
 * request, so it counts on the spot.
 */
export function countRequests(
  max: number | ((request: FastifyRequest) => number),
  keyOf: (request: FastifyRequest) => string,
): Limit {
  const counts = new Map<string, Count>();
  const countOf = (key: string, now_ms: number): Count => {
    const known = counts.get(key);
    if (known && known.ends_ms > now_ms) return known;
    counts.delete(key);
    const [oldest] = counts.keys();
    if (counts.size >= REMEMBERED && oldest !== undefined) counts.delete(oldest);
    const begun = { requests: 0, ends_ms: now_ms + WINDOW_MS };
    counts.set(key, begun);
    return begun;
  };
  return (request, reply) => {
    const now_ms = performance.now();
    const count = countOf(keyOf(request), now_ms);
    count.requests += 1;
    const most = typeof max === 'number' ? max : max(request);
    const left_s = Math.ceil((count.ends_ms - now_ms) / 1_000);
    void reply
      .header('RateLimit-Limit', most)
      .header('RateLimit-Remaining', Math.max(0, most - count.requests))
      .header('RateLimit-Reset', left_s);
    if (count.requests > most) throw new RefusalError(refuse('too_many_requests', { retry_after_s: left_s }));
  };
}

/** Limits the requests on every route: those that ask who calls by `app.limits`, all others here. */
export function limitRequests(app: FastifyInstance): void {
  const limits: RequestLimits = {
    ofNetwork: countRequests(
      ({ routeOptions: { config } }) => config.perNetwork ?? OF_NETWORK,
      ({ ip, routeOptions: { config, url } }) => `${config.perNetwork ? url : ''} ${networkOf(ip)}`,
    ),
    ofCaller: countRequests(
      (request) => callerOf(request).requests_per_minute,
      (request) => callerOf(request).actor,
    ),
  };
  app.decorate('limits', limits);
  app.addHook('onRequest', (request, reply, done) => {
    if (!asksWho(request)) limits.ofNetwork(request, reply);
    done();
  });
}
