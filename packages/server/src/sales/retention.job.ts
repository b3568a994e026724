import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../database/database.ts';
import { listMovedClocks } from '../distributors/sandbox-clock.query.ts';
import { realTimeOf } from '../distributors/sandbox-clock.rules.ts';
import type { Job } from '../jobs/runner.ts';
import { forgetLate, forgetSome, forgetSomeOf } from './retention.store.ts';

const EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Between some and the next, so that sales do not notice. */
const PAUSE_MS = 200;

/** Forgets whom sales were for that came to their end more than so many days ago. */
export const forgetJob = (db: Db, days: number, now: () => Date): Job => ({
  name: 'forget',
  every_ms: EVERY_MS,
  run: async (signal) => {
    const before = new Date(now().getTime() - days * DAY_MS);
    const progress = await forgetSome(db, before);
    if (progress === 'done') await forgetLate(db, before);
    else await sleep(PAUSE_MS, undefined, { signal });
    return progress;
  },
});

const EVERY_MOVED_MS = 2_000;

/** Does the same for sandboxes whose clocks were put forward, by these. */
export const forgetByClocksJob = (db: Db, days: number, now: () => Date): Job => ({
  name: 'forget-by-clocks',
  every_ms: EVERY_MOVED_MS,
  run: async () => {
    let isMore = false;
    for (const { distributor_id, moves } of await listMovedClocks(db)) {
      const ahead_ms = (moves.at(-1)?.ahead_s ?? 0) * 1_000;
      const before = realTimeOf(new Date(now().getTime() + ahead_ms - days * DAY_MS), moves);
      isMore = (await forgetSomeOf(db, distributor_id, before)) === 'more' || isMore;
    }
    return isMore ? 'more' : 'done';
  },
});
