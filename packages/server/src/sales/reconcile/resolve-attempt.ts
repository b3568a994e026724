import type { Outcome } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import { closeAttempts, findLastAttempt } from '../../routing/attempts.store.ts';
import { type Resolved, resolveTopup } from '../resolve-topup.ts';
import type { HeardAttempt } from './heard-attempts.query.ts';

/**
 * Settles a transaction by what was heard of one of its attempts, other than the answer that its sale waits for. Proof that
 * it has failed ends the order, and no other attempt begins then; where another one has begun already, it is old news.
 * @returns how the transaction stands now; null where nothing was made of it
 */
export async function resolveAttempt(ctx: Context, heard: HeardAttempt, outcome: Outcome): Promise<Resolved | null> {
  const { distributor_id, transaction_id, number, product_id, own_product_id } = heard;
  const key = { distributor_id, transaction_id };
  const { db } = ctx.store;
  if (!heard.is_routed) return resolveTopup(ctx, key, outcome);
  const last =
    outcome.outcome === 'ko'
      ? await closeAttempts(db, key, own_product_id, number, ctx.now())
      : await findLastAttempt(db, key, own_product_id);
  if (!last || (outcome.outcome === 'unknown' && last.number !== number)) return null;
  const delivers = product_id === own_product_id ? null : product_id;
  return resolveTopup(ctx, key, outcome, { number, product_id: delivers, last: last.number });
}
