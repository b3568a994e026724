import { wireDate } from '@opentopup/contract';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { findClockAhead } from '../distributors/sandbox-clock.query.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';
import { addNotices, type Notice } from '../messages/notices.store.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { chatOf } from './chat.ts';
import { eventOf, type LevelEvent, levelAfter } from './levels.rules.ts';
import { type CheckedStock, saveLevel, takeChecks } from './levels.store.ts';
import { stockChat } from './levels-chat.rules.ts';
import { stockMail } from './levels-mail.rules.ts';
import { forecastFrom, forecastOf } from './read-stock.ts';
import { readStocks } from './stock.query.ts';

const AT_ONCE = 50;
const DAY_MS = 86_400_000;

/** How long a stock will last at the pace of its sales, and when it will be gone; nulls where that is not known. */
interface Cover {
  days_of_cover: number | null;
  depletion_date: Date | null;
}

/** Predicts it by the clock of its distributor. */
async function coverOf(tx: Query, stock: CheckedStock, at: Date): Promise<Cover> {
  const clock = new Date(at.getTime() + (await findClockAhead(tx, stock.distributor_id)) * 1_000);
  const [record] = await readStocks(tx, [stock], forecastFrom(clock));
  const days_of_cover = record ? forecastOf(record, clock).days_of_cover.median : null;
  const depletion_date = days_of_cover === null ? null : new Date(clock.getTime() + days_of_cover * DAY_MS);
  return { days_of_cover, depletion_date };
}

/** Tells the distributor, in its events, by e-mail and in its chat. */
async function tell(ctx: Context, tx: Query, stock: CheckedStock, event: LevelEvent, available: number): Promise<void> {
  const { distributor_id, offer_id, offer_name, low_at, emails, alert_id, chat_language } = stock;
  const at = ctx.now();
  const threshold = low_at > 0 ? low_at : null;
  const nothing = { days_of_cover: null, depletion_date: null };
  const { days_of_cover, depletion_date } = event === 'stock.low' ? await coverOf(tx, stock, at) : nothing;
  const data = {
    offer_id,
    offer_name,
    available,
    ...(threshold !== null && { threshold }),
    ...(depletion_date && { depletion_date: wireDate(depletion_date) }),
  };
  await writeEvent(tx, { distributor_id, kind: event, subject_id: offer_id, at, data });
  const mail = stockMail({ event, offer_id, offer_name, available, threshold, depletion_date });
  const notices: Notice[] = (ctx.notifiers.email ? emails : []).map((recipient) => ({
    distributor_id,
    channel: 'email',
    recipient,
    ...mail,
    once: false,
  }));
  if (alert_id !== null && chat_language !== null) {
    const recipient = chatOf({ distributor_id, id: alert_id });
    const link = ctx.publicUrl && `${ctx.publicUrl}/stock/${offer_id}`;
    const body = stockChat({ event, offer_name, available, days_of_cover, link }, chat_language);
    notices.push({ distributor_id, channel: 'chat', recipient, subject: '', body, once: false });
  }
  await addNotices(tx, notices, at);
}

/** Looks at a stock that has crossed something, at its lowest since the last look and as it stands now. */
async function checkLevel(ctx: Context, tx: Query, stock: CheckedStock): Promise<void> {
  let told = stock.told;
  const { least, least_granted, available, granted } = stock;
  const points = [
    { available: least, granted: least_granted },
    { available, granted },
  ];
  for (const point of least < available ? points : points.slice(1)) {
    const before = told?.level ?? 'ok';
    const level = levelAfter(told, { ...stock, ...point });
    if (level === before) continue;
    told = { level, granted: point.granted };
    await saveLevel(tx, stock, told, ctx.now());
    const event = eventOf(before, level, stock);
    if (event) await tell(ctx, tx, stock, event, point.available);
  }
}

/**
 * Tells of the stocks that have become low, run out or recovered; what is told is kept by the same commit.
 * @returns whether there may be more
 */
export async function checkLevels(ctx: Context): Promise<Progress> {
  return ctx.store.db.transaction(async (tx) => {
    const stocks = await takeChecks(tx, AT_ONCE);
    for (const stock of stocks) await checkLevel(ctx, tx, stock);
    return progressAfter(stocks.length, AT_ONCE);
  });
}
