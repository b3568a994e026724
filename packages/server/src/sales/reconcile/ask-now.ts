import { connectorOf } from '../../catalogue/suppliers/supplier-access.ts';
import type { Context } from '../../context.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import { resolveTopup } from '../resolve-topup.ts';
import { findEnded, hurryCase } from './reconcile.store.ts';
import { askWhatBecame } from './reconcile-topup.ts';

/** Anybody may say that there is news: about what has ended, a supplier is asked so often by a process, and no more. */
const OF_ENDED = { span_ms: 60_000, most: 100 };

/**
 * Has a supplier asked about a transaction because somebody says that there is news of it, without proof. What has ended
 * is asked about as well: where its supplier says something else now, an alert tells.
 */
export async function askNow(ctx: Context, key: TransactionKey): Promise<void> {
  if (await hurryCase(ctx.store.db, key, ctx.now())) return;
  const sale = await findEnded(ctx.store.db, key);
  if (!sale || !mayAsk(ctx, key)) return;
  const connector = connectorOf(ctx, sale.world, sale.supplier);
  if (!connector) return;
  const outcome = await askWhatBecame(ctx, sale, connector);
  if (outcome.outcome !== 'unknown') await resolveTopup(ctx, key, outcome);
}

function mayAsk({ askedAgain, now }: Context, { transaction_id }: TransactionKey): boolean {
  const at = now().getTime();
  for (const [id, asked_at] of askedAgain) if (at - asked_at >= OF_ENDED.span_ms) askedAgain.delete(id);
  if (askedAgain.has(transaction_id) || askedAgain.size >= OF_ENDED.most) return false;
  askedAgain.set(transaction_id, at);
  return true;
}
