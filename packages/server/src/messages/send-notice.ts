import type { Context } from '../context.ts';
import { CUT_OFF } from '../notifiers/notifier.ts';
import { type LeasedNotice, postponeNotice, removeNotice, returnNotice } from './notices.store.ts';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
const MOST_ATTEMPTS = 10;

/**
 * Sends a notice that is taken in hand, and keeps what came of it. What may have been sent is not sent again where once is
 * the most it may be.
 */
export async function sendNotice(ctx: Context, notice: LeasedNotice): Promise<void> {
  const { db } = ctx.store;
  const { distributor_id, id, channel, attempts } = notice;
  const giveUp = async (cause: string): Promise<void> => {
    ctx.alert('a notice was not sent for certain', { distributor_id, notice_id: id, channel, cause });
    await removeNotice(db, notice);
  };
  if (notice.interrupted && notice.once) return giveUp(CUT_OFF.cause);
  const notifier = ctx.notifiers[channel];
  if (!notifier) return giveUp('there is nothing set up to send it by');

  const sending = await notifier.send(notice);
  if (sending.result === 'sent') return removeNotice(db, notice);
  if (sending.result === 'cut') return notice.once ? giveUp(sending.cause) : returnNotice(db, notice);
  const isTriedAgain = sending.result === 'later' || (sending.result === 'unknown' && !notice.once);
  if (!isTriedAgain || attempts >= MOST_ATTEMPTS) {
    await notifier.giveUp?.(notice, sending);
    return giveUp(`${sending.result}: ${sending.cause}`);
  }
  const pause_ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  return postponeNotice(db, notice, new Date(ctx.now().getTime() + pause_ms));
}
