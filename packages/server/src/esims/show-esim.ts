import { type EsimHolder, type EsimShowing, type Refusal, refuse, SHOWN_TO_SELLERS_HOURS } from '@opentopup/contract';
import { lpaString } from '@opentopup/contract/esims/lpa';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../database/ids.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { findEsimHolder, findSoldEsim } from './holder.query.ts';
import { saveEsimHolder } from './holder.store.ts';
import { openProfile } from './profiles.ts';
import { findPublicKey } from './public-key.query.ts';

const HOUR_MS = 3_600_000;

/**
 * Chooses who reads what installs the eSIMs that are delivered from now on. What was delivered before keeps whom it was
 * delivered to, so that whoever gets hold of an administrator's session cannot open what only the distributor could.
 */
export async function setEsimHolder(
  ctx: Context,
  distributor_id: string,
  after: EsimHolder,
  actor: string,
): Promise<EsimHolder | Refusal> {
  if (after.holder === 'server' && !ctx.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  return ctx.store.db.transaction(async (tx) => {
    await lockDistributor(tx, distributor_id);
    const before = await findEsimHolder(tx, distributor_id);
    if (before.holder === after.holder) return before;
    if (after.holder === 'distributor' && (await findPublicKey(tx, distributor_id)) === null)
      return refuse('no_own_key');
    await saveEsimHolder(tx, distributor_id, after);
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'esim_holder.changed',
      subject: distributor_id,
      distributor_id,
      details: { before, after },
    });
    return after;
  });
}

/** Who wants to be shown an eSIM. */
interface Viewer {
  actor: string;
  isSeller: boolean;
}

/** Shows what installs an eSIM that was sold. That it was shown is noted first: without that, nothing is shown. */
export async function showEsim(
  ctx: Context,
  key: TransactionKey,
  { actor, isSeller }: Viewer,
): Promise<EsimShowing | Refusal> {
  const { distributor_id, transaction_id } = key;
  const transaction = await ctx.store.transaction({ distributor_id, id: transaction_id });
  if (!transaction) return refuse('not_found', { detail: `transaction ${transaction_id} not found` });
  if (transaction.delivers !== 'esim') return refuse('no_esim', { detail: 'it sold none' });
  const at = ctx.now();
  if (isSeller && at.getTime() > dateOf(transaction_id).getTime() + SHOWN_TO_SELLERS_HOURS * HOUR_MS) {
    const detail = `a seller is shown it within ${SHOWN_TO_SELLERS_HOURS} hours of the sale, an administrator later too`;
    return refuse('access_denied', { detail });
  }
  return ctx.store.db.transaction(async (tx) => {
    const esim = await findSoldEsim(tx, key);
    if (!esim) return refuse('no_esim', { detail: `it is ${transaction.reason ?? transaction.status}` });
    if (esim.holder !== 'server') return refuse('esim_not_held');
    if (!ctx.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
    const profile = openProfile(ctx, { id: transaction_id, esim_sealed: esim.sealed });
    if (!profile) return refuse('no_esim', { detail: 'it is forgotten' });
    await noteChange(tx, { at, actor, action: 'esim.shown', subject: transaction_id, distributor_id });
    return { lpa: lpaString(profile) };
  });
}
