import type { Flow } from '../flows/flow.ts';
import { removeOldEvents } from '../store/events.ts';
import { removeOldExchanges } from '../store/exchanges.ts';
import { takeTurn } from '../store/job-turns.ts';
import { removeOldDeliveries } from '../store/webhooks.ts';
import type { Job } from './runner.ts';

const LOOK_EVERY_MS = 10 * 60_000;
const ONCE_IN_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes events whose time is over, and what is known of their deliveries, and what was exchanged with
 * suppliers for sales as old, in one of the processes. */
export const cleanEventsJob = ({ store: { db }, now }: Flow, keep_days: number): Job => ({
  name: 'clean-events',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    if (!(await takeTurn(db, 'clean-events', ONCE_IN_MS, now()))) return;
    const before = new Date(now().getTime() - keep_days * DAY_MS);
    while (!signal.aborted && !(await removeOldEvents(db, before)));
    while (!signal.aborted && !(await removeOldDeliveries(db, before)));
    while (!signal.aborted && !(await removeOldExchanges(db, before)));
  },
});
