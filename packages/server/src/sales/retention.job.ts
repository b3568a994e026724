import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../database/database.ts';
import type { Job } from '../jobs/runner.ts';
import { forgetLate, forgetSome } from './retention.store.ts';

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
