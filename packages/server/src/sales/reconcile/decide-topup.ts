import { type Refusal, type ResolutionCreation, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { closeAttempts } from '../../routing/attempts.store.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import { type Resolution, resolveTransactions } from '../resolve.store.ts';
import { findTransactionKey } from '../transactions/transactions.query.ts';
import { keepDecision } from './reconcile.store.ts';

/** What each decision writes into a transaction that is not ok. */
const REASONS = { ko: 'not_delivered', expired: 'expired' } as const;

/**
 * Ends a pending transaction for which there is no proof, as a person has decided. Decision, resolution and audit are
 * one commit.
 * @param actor who decides
 */
export async function decideTopup(
  ctx: Context,
  transactionId: string,
  { status, justification }: ResolutionCreation,
  actor: string,
): Promise<TransactionKey | Refusal> {
  const found = await findTransactionKey(ctx.store.db, transactionId);
  if (!found) return refuse('not_found', { detail: `transaction ${transactionId} not found` });
  const { is_routed, own_product_id, ...key } = found;
  const at = ctx.now();
  return ctx.store.db.transaction(async (tx) => {
    // From here on no other supplier is tried.
    const last = is_routed ? await closeAttempts(tx, key, own_product_id, null, at) : null;
    const resolution: Resolution = {
      ...key,
      status,
      reason: status === 'ok' ? null : REASONS[status],
      message: status === 'ok' ? null : 'decided by the operator',
      supplier_reference: null,
      product_id: last && last.product_id !== own_product_id ? last.product_id : null,
      attempt: last && last.number > 1 ? last.number : null,
      at,
    };
    const [result] = await resolveTransactions(tx, [resolution]);
    if (result?.lacks_profile) return refuse('missing_profile');
    if (!result?.settled) return refuse('already_final', { detail: result?.final?.status ?? '' });
    await keepDecision(tx, { ...key, status, justification, decided_by: actor, at });
    const details = { status, justification };
    const { distributor_id } = key;
    await noteChange(tx, {
      at,
      actor,
      action: 'transaction.resolved',
      subject: transactionId,
      distributor_id,
      details,
    });
    return key;
  });
}
