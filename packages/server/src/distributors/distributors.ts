import { isDeepStrictEqual } from 'node:util';
import {
  type DistributorChange,
  type DistributorCreation,
  type DistributorSettings,
  type DistributorSettingsChange,
  type Refusal,
  refuse,
} from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { difference } from '../values/difference.ts';
import { type DistributorDetail, findDistributorDetail, findSettings, listWorlds } from './distributors.query.ts';
import { addDistributor, lockDistributor, saveSettings, updateDistributor } from './distributors.store.ts';

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

/** Says why a new distributor cannot be the sandbox of this one; null where it can. */
async function sandboxFault(tx: Query, sandbox_of: string, world: 'live' | 'sandbox'): Promise<string | null> {
  if (world !== 'sandbox') return 'only a sandbox distributor is one';
  const worlds = await listWorlds(tx, sandbox_of.toLowerCase());
  if (!worlds.some((each) => each.world === 'live')) return 'there is no such live distributor';
  return worlds.length > 1 ? 'that distributor has a sandbox already' : null;
}

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

/**
 * Changes the guards of a distributor's sales; null switches one off.
 * @param actor who asks for it
 * @returns the settings as they are now, or why nothing was changed
 */
export async function changeSettings(
  ctx: Context,
  distributor_id: string,
  change: DistributorSettingsChange,
  actor: string,
): Promise<DistributorSettings | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const before = await findSettings(tx, distributor_id);
    if (!before) return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
    const after = { ...before, ...change };
    if (isDeepStrictEqual(before, after)) return before;

    await saveSettings(tx, distributor_id, after);
    const details = { before, after };
    const at = ctx.now();
    await noteChange(tx, { at, actor, action: 'settings.changed', subject: distributor_id, distributor_id, details });
    return after;
  });
}
