import { type BulkheadPolicy, bulkhead } from 'cockatiel';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { createPost } from '../http/post.ts';
import type { Job } from '../jobs/runner.ts';
import { deliverEvents } from './deliver-events.ts';
import { type Endpoint, leaseEndpoints, renewLeases, returnEndpoint } from './deliveries.store.ts';
import type { Courier } from './send-event.ts';

const LOOK_EVERY_MS = 300;
const LEASE_MS = 10_000;
const RENEW_EVERY_MS = 3_000;
/** How many endpoints one process works for, and how many requests to all of them it has open, at the same time. */
const ENDPOINTS = 500;
const REQUESTS = 256;
/** Of these, to the endpoints of one distributor: where they hang, they keep none of another's waiting. */
const REQUESTS_OF_ONE = 32;

/**
 * Tells endpoints what happens. Each has rounds of its own, so that a slow one delays no other; one process at a time
 * works for it, so that its events keep their order.
 * @param schedule_s pauses after the first attempt, the second, … in seconds
 * @param traced makes spans of what is sent
 */
export function webhooksJob(
  ctx: Context,
  schedule_s: readonly number[],
  traced: (courier: Courier) => Courier = (courier) => courier,
): Job {
  const { db } = ctx.store;
  const holder = newId();
  const serving = new Set<string>();
  const requests = bulkhead(REQUESTS, Number.POSITIVE_INFINITY);
  const ofOne = new Map<string, BulkheadPolicy>();
  const placesOf = (distributor_id: string): BulkheadPolicy => {
    const places = ofOne.get(distributor_id) ?? bulkhead(REQUESTS_OF_ONE, Number.POSITIVE_INFINITY);
    ofOne.set(distributor_id, places);
    return places;
  };
  const courier = traced({
    post: createPost(ctx.addressRules),
    within: ({ distributor_id }, send) => placesOf(distributor_id).execute(() => requests.execute(send)),
    schedule_s,
  });
  let renewed_ms = 0;

  async function serve(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    try {
      let next: Endpoint | null = endpoint;
      while (next && !signal.aborted) next = await deliverEvents(ctx, next, courier);
      await returnEndpoint(db, endpoint);
    } finally {
      serving.delete(endpoint.id);
    }
  }

  return {
    name: 'webhooks',
    every_ms: LOOK_EVERY_MS,
    run: async (signal) => {
      const now = ctx.now();
      const lease = { holder, lease_ms: LEASE_MS };
      if (serving.size > 0 && now.getTime() - renewed_ms >= RENEW_EVERY_MS) {
        renewed_ms = now.getTime();
        await renewLeases(db, lease, [...serving]);
      }
      const endpoints = await leaseEndpoints(db, lease, now, ENDPOINTS - serving.size, [...serving]);
      for (const endpoint of endpoints) {
        serving.add(endpoint.id);
        ctx.background(serve(endpoint, signal));
      }
      return 'done';
    },
  };
}
