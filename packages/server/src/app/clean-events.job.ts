import { removeOldCalls } from '../connectors/call-log.store.ts';
import type { Context } from '../context.ts';
import { takeExclusiveRun } from '../jobs/exclusive.store.ts';
import type { Job } from '../jobs/runner.ts';
import { untilDone } from '../jobs/until-done.ts';
import { removeOldEvents } from '../outbox/outbox.store.ts';
import { removeOldDeliveries } from '../webhooks/webhooks.store.ts';

const LOOK_EVERY_MS = 10 * 60_000;
const ONCE_IN_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** How many times as long as a step took it rests after it: sales have most of the database, whatever there is to remove. */
const REST = 4;

/**
 * Removes events whose time is over, what is known of their deliveries, and what was exchanged with suppliers for sales as
 * old, in one of the processes.
 */
export const cleanEventsJob = ({ store: { db }, now }: Context, keep_days: number): Job => ({
  name: 'clean-events',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    if (!(await takeExclusiveRun(db, 'clean-events', ONCE_IN_MS, now()))) return 'done';
    const before = new Date(now().getTime() - keep_days * DAY_MS);
    await untilDone(() => removeOldEvents(db, before), signal, REST);
    await untilDone(() => removeOldDeliveries(db, before), signal, REST);
    return untilDone(() => removeOldCalls(db, before), signal, REST);
  },
});
