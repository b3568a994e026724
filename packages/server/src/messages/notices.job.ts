import type { Context } from '../context.ts';
import { progressAfter } from '../jobs/progress.rules.ts';
import type { Job } from '../jobs/runner.ts';
import { type Channel, leaseNotices } from './notices.store.ts';
import { sendNotice } from './send-notice.ts';

const EVERY_MS = 1_000;
/** Longer than any sending takes. */
const LEASE_MS = 120_000;

const sendingJob = (name: string, channels: readonly Channel[], atOnce: number, ctx: Context): Job => ({
  name,
  every_ms: EVERY_MS,
  run: async () => {
    const notices = await leaseNotices(ctx.store.db, channels, ctx.now(), LEASE_MS, atOnce);
    await Promise.all(notices.map((notice) => sendNotice(ctx, notice)));
    return progressAfter(notices.length, atOnce);
  },
});

/** Sends what is to be sent to people. */
export const noticesJob = (ctx: Context): Job => sendingJob('notices', ['email', 'sms'], 10, ctx);

/** Sends what is to be written to chats. A job of its own: an address that hangs keeps no e-mail and no SMS waiting. */
export const chatsJob = (ctx: Context): Job => sendingJob('chats', ['chat'], 50, ctx);
