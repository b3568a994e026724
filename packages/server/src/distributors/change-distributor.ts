import { type DistributorChange, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { difference } from '../values/difference.ts';
import type { DistributorDetail } from './distributor-details.query.ts';
import { lockDistributor, updateDistributor } from './distributors.store.ts';

/** Renames a distributor, suspends it or lets it work again. Its clients' tokens follow within seconds. */
export function changeDistributor(
  ctx: Context,
  id: string,
  change: DistributorChange,
  actor: string,
): Promise<DistributorDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockDistributor(tx, id);
    if (!before) return refuse('not_found', { detail: `distributor ${id} not found` });
    const details = difference(before, change);
    const after = { ...before, ...change };
    if (details) {
      await updateDistributor(tx, after);
      const subject = { subject: id, distributor_id: id };
      await noteChange(tx, { at: ctx.now(), actor, action: 'distributor.changed', ...subject, details });
    }
    return after;
  });
}
