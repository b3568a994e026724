import { type Refusal, refuse, type StatementClosing, wireDate } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import { isOfPeriod } from '../values/instants.ts';
import { addClosing } from './closings.store.ts';
import { findNextPeriod, startOfDay } from './periods.query.ts';
import { findEndingWith, findOpenClosing, findStatement, type StatementRow } from './statements.query.ts';

/** A statement as it stands, and whether it is still being closed. */
interface OrderedStatement {
  statement: StatementRow;
  isClosed: boolean;
}

/** Tells the day before another. */
const dayBefore = (day: string): string =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() - 86_400_000).toISOString().slice(0, 10);

const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && isOfPeriod(date) && date.toISOString().startsWith(day);
};

/**
 * Has the next statement of a distributor closed, from where the one before has ended up to a day, or to the end of the month.
 * One that is closed already, or is being closed, is that one.
 */
export function orderClosing(
  ctx: Context,
  { distributor_id, before }: StatementClosing,
  actor: string,
): Promise<OrderedStatement | Refusal> {
  if (!ctx.seal) return Promise.resolve(refuse('not_configured', { detail: 'SEALING_KEY' }));
  if (before !== undefined && !isDay(before)) {
    return Promise.resolve(refuse('invalid_body_field', { field: 'before', detail: 'a day that exists is needed' }));
  }
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const next = await findNextPeriod(tx, distributor_id, ctx.businessTimeZone);
    if (!next) return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
    if (!next.has_moved) return refuse('not_found', { detail: `distributor ${distributor_id} has no stock yet` });
    const known = before === undefined ? null : await findEndingWith(tx, distributor_id, dayBefore(before));
    if (known) return { statement: known, isClosed: true };
    const { from_at, month_end, time_zone } = next;
    const before_at = before === undefined ? month_end : await startOfDay(tx, before, time_zone);
    const open = await findOpenClosing(tx, distributor_id);
    if (open) {
      return open.before_at.getTime() === before_at.getTime()
        ? { statement: open, isClosed: false }
        : refuse('statement_closing');
    }
    const now = ctx.now();
    if (before_at <= from_at) return refuse('period_closed', { detail: wireDate(from_at) });
    if (before_at > now) return refuse('period_not_over', { detail: wireDate(before_at) });
    const id = newId();
    await addClosing(tx, { distributor_id, id, from_at, before_at, time_zone, requested_by: actor, at: now });
    return { statement: (await findStatement(tx, id)) as StatementRow, isClosed: false };
  });
}
