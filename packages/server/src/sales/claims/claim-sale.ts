import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { findTransactionDetail } from '../transactions/all-transactions.query.ts';
import { dropClaim, keepClaim, lockOwner } from './claims.store.ts';

/** Who wants to take care of a sale, or not any more. */
export interface Claimant {
  actor: string;
  account_id: string | null;
}

/** Has somebody take care of a sale without an outcome; taking it over from somebody else has to be asked for. */
export async function claimSale(
  ctx: Context,
  transaction_id: string,
  { actor, account_id }: Claimant,
  takeOver: boolean,
): Promise<'claimed' | Refusal> {
  const sale = await findTransactionDetail(ctx.store.db, transaction_id);
  if (!sale) return refuse('not_found', { detail: `transaction ${transaction_id} not found` });
  if (sale.status !== 'pending') return refuse('already_final', { detail: sale.status });
  const { distributor_id } = sale;
  const key = { distributor_id, transaction_id };
  const at = ctx.now();
  const claimed = await ctx.store.db.transaction(async (tx) => {
    const before = await lockOwner(tx, key);
    if (before === actor) return true;
    if (before !== null && !takeOver) return false;
    if (!(await keepClaim(tx, { ...key, owner: actor, account_id, at }, before))) return false;
    const action = before === null ? 'transaction.claimed' : 'transaction.taken_over';
    const details = { before, after: actor };
    await noteChange(tx, { at, actor, action, subject: transaction_id, distributor_id, details });
    return true;
  });
  if (claimed) return 'claimed';
  // Somebody has it, or it has come to its end meanwhile.
  const now = (await findTransactionDetail(ctx.store.db, transaction_id)) ?? sale;
  return now.status === 'pending'
    ? refuse('already_claimed', now.owner === null ? {} : { detail: now.owner })
    : refuse('already_final', { detail: now.status });
}

/** Hands back a sale that somebody takes care of; only they can. */
export async function handBackSale(
  ctx: Context,
  transaction_id: string,
  { actor }: Claimant,
): Promise<'free' | Refusal> {
  const sale = await findTransactionDetail(ctx.store.db, transaction_id);
  if (!sale) return refuse('not_found', { detail: `transaction ${transaction_id} not found` });
  const { distributor_id } = sale;
  const key = { distributor_id, transaction_id };
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockOwner(tx, key);
    if (before === null) return 'free';
    if (before !== actor) return refuse('already_claimed', { detail: sale.owner ?? before });
    await dropClaim(tx, key);
    const details = { before, after: null };
    const action = 'transaction.handed_back';
    await noteChange(tx, { at: ctx.now(), actor, action, subject: transaction_id, distributor_id, details });
    return 'free';
  });
}
