import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { DistributorRow } from './distributors.query.ts';
import { lockDistributor } from './distributors.store.ts';
import { findClockAhead } from './sandbox-clock.query.ts';
import { putClockForward } from './sandbox-clock.store.ts';

/** Tells what the clock of a distributor says: the time that it is, but for a sandbox that was put forward. */
export async function readClock(ctx: Context, distributorId: string): Promise<Date> {
  return new Date(ctx.now().getTime() + (await findClockAhead(ctx.store.db.reads, distributorId)) * 1_000);
}

/** Tells the same of a distributor that is known from memory. */
export const clockOfKnown = (
  { now }: Pick<Context, 'now'>,
  { clock_ahead_s }: Pick<DistributorRow, 'clock_ahead_s'>,
): Date => new Date(now().getTime() + clock_ahead_s * 1_000);

/** Puts the clock of a sandbox forward; the same again changes nothing. */
export async function moveSandboxClock(
  ctx: Context,
  distributor_id: string,
  ahead_s: number,
  actor: string,
): Promise<{ ahead_s: number } | Refusal> {
  const moved = await ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const before = await findClockAhead(tx, distributor_id);
    if (ahead_s < before) {
      const detail = `the clock is ${before} seconds ahead, and goes forward only`;
      return refuse('invalid_body_field', { field: 'ahead_s', detail });
    }
    if (ahead_s === before) return { ahead_s };
    const at = ctx.now();
    await putClockForward(tx, distributor_id, ahead_s, at);
    const details = { before: { ahead_s: before }, after: { ahead_s } };
    await noteChange(tx, { at, actor, action: 'clock.moved', subject: distributor_id, distributor_id, details });
    return { ahead_s };
  });
  // Sales know it from memory.
  await ctx.store.catalogue.renew();
  return moved;
}
