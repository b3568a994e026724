import { type DistributorCreation, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { type DistributorDetail, findDistributorDetail } from './distributor-details.query.ts';
import { listWorlds } from './distributors.query.ts';
import { addDistributor } from './distributors.store.ts';

/** Adds a distributor, without clients and offers. */
export function createDistributor(
  ctx: Context,
  creation: DistributorCreation,
  actor: string,
): Promise<DistributorDetail | Refusal> {
  const { name, sandbox_of = null, world = sandbox_of === null ? 'live' : 'sandbox' } = creation;
  const id = creation.id?.toLowerCase() ?? newId();
  return ctx.store.db.transaction(async (tx) => {
    // First, so that whoever repeats an order whose answer was lost is not told of the sandbox that it made.
    if (creation.id !== undefined && (await findDistributorDetail(tx, id))) return refuse('id_taken', { field: 'id' });
    const fault = sandbox_of === null ? null : await sandboxFault(tx, sandbox_of, world);
    if (fault !== null) return refuse('invalid_body_field', { field: 'sandbox_of', detail: fault });
    if (!(await addDistributor(tx, { id, name, world, sandbox_of }))) return refuse('id_taken', { field: 'id' });
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'distributor.created',
      subject: id,
      distributor_id: id,
      details: { after: { name, world, ...(sandbox_of !== null && { sandbox_of }) } },
    });
    return (await findDistributorDetail(tx, id)) as DistributorDetail;
  });
}

/** Why a new distributor cannot be the sandbox of this one; null where it can. */
async function sandboxFault(tx: Query, sandbox_of: string, world: 'live' | 'sandbox'): Promise<string | null> {
  if (world !== 'sandbox') return 'only a sandbox distributor is one';
  const worlds = await listWorlds(tx, sandbox_of.toLowerCase());
  if (!worlds.some((each) => each.world === 'live')) return 'there is no such live distributor';
  return worlds.length > 1 ? 'that distributor has a sandbox already' : null;
}
