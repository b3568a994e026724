import { isDeepStrictEqual } from 'node:util';
import { type DistributorSettings, type DistributorSettingsChange, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { findSettings } from './distributors.query.ts';
import { lockSettings, saveSettings } from './settings.store.ts';

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
    await lockSettings(tx, distributor_id);
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
