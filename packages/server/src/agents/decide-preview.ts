import { type Refusal, refuse, type SalePreviewDecision } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { POLICY } from './caps.rules.ts';
import { findPreview, type PreviewRow } from './previews.query.ts';
import { lockPreview, setDecision } from './previews.store.ts';

/** Releases what an agent of one of these distributors wants to sell, or declines it. The same again changes nothing. */
export const decidePreview = (
  ctx: Context,
  owners: readonly string[],
  id: string,
  { decision }: SalePreviewDecision,
  actor: string,
): Promise<PreviewRow | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    const before = (await lockPreview(tx, owners, id)) ? await findPreview(tx, owners, id) : null;
    if (!before) return refuse('not_found', { detail: `preview ${id} not found` });
    const isReleased = decision === 'release';
    // Of what the policy has released, a person may say it too: then it stays so, whatever becomes of the policy.
    const isByPolicy = before.decided_by === POLICY && !before.confirmed_at;
    if (before.is_released === isReleased && !isByPolicy) return before;
    // What was released may be declined until it is confirmed.
    if (before.confirmed_at || before.is_released === false)
      return refuse('already_decided', { detail: before.status });
    const at = ctx.now();
    if (before.expires_at <= at) return refuse('preview_expired');
    await setDecision(tx, before, actor, isReleased);
    const { distributor_id } = before;
    const action = isReleased ? 'preview.released' : 'preview.declined';
    const details = { agent: before.client_id };
    await noteChange(tx, { at, actor, action, subject: id, distributor_id, details });
    const after = await findPreview(tx, owners, id);
    if (!after) throw new Error('a preview that is locked is not there');
    return after;
  });
