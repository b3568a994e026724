import type { Context } from '../context.ts';
import { progressAfter } from '../jobs/progress.rules.ts';
import type { Job } from '../jobs/runner.ts';
import { leaseNotices } from './notices.store.ts';
import { sendNotice } from './send-notice.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 10;
/** Longer than any sending takes. */
const LEASE_MS = 120_000;

/** Sends what is to be sent to people. */
export const noticesJob = (ctx: Context): Job => ({
  name: 'notices',
  every_ms: EVERY_MS,
  run: async () => {
    const notices = await leaseNotices(ctx.store.db, ['email', 'sms'], ctx.now(), LEASE_MS, AT_ONCE);
    await Promise.all(notices.map((notice) => sendNotice(ctx, notice)));
    return progressAfter(notices.length, AT_ONCE);
  },
});
