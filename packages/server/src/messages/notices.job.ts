import type { Context } from '../context.ts';
import { progressAfter } from '../jobs/progress.rules.ts';
import type { Job } from '../jobs/runner.ts';
import { type Channel, leaseNotices } from './notices.store.ts';
import { sendNotice } from './send-notice.ts';

const EVERY_MS = 1_000;
/** Longer than any sending takes. */
const LEASE_MS = 120_000;

const sendingJob = (name: string, channel: Channel, atOnce: number, ctx: Context): Job => ({
  name,
  every_ms: EVERY_MS,
  run: async () => {
    const notices = await leaseNotices(ctx.store.db, channel, ctx.now(), LEASE_MS, atOnce);
    await Promise.all(notices.map((notice) => sendNotice(ctx, notice)));
    return progressAfter(notices.length, atOnce);
  },
});

/** Sends what waits for people and chats. A job for each channel: one that hangs keeps no other waiting. */
export const noticesJobs = (ctx: Context): Job[] => [
  sendingJob('emails', 'email', 10, ctx),
  sendingJob('sms', 'sms', 10, ctx),
  sendingJob('chats', 'chat', 50, ctx),
];
