import { connectorOf } from '../../catalogue/suppliers/supplier-access.ts';
import type { Context } from '../../context.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import type { HeardAttempt } from './heard-attempts.query.ts';
import { findEnded, hurryCase } from './reconcile.store.ts';
import { askWhatBecame } from './reconcile-topup.ts';
import { resolveAttempt } from './resolve-attempt.ts';

/** Anybody may say that there is news: about what has ended, a supplier is asked so often by a process, and no more. */
const OF_ENDED = { span_ms: 60_000, most: 100 };

/**
 * Has a supplier asked about an attempt because somebody says that there is news of it, without proof. What has ended
 * is asked about as well: where its supplier says something else now, an alert tells.
 */
export async function askNow(ctx: Context, heard: HeardAttempt): Promise<void> {
  if (await hurryCase(ctx.store.db, heard, ctx.now())) return;
  const sale = await findEnded(ctx.store.db, heard);
  if (!sale || !mayAsk(ctx, heard)) return;
  const connector = connectorOf(ctx, sale.world, sale.supplier);
  if (!connector) return;
  const outcome = await askWhatBecame(ctx, sale, connector);
  if (outcome.outcome !== 'unknown') await resolveAttempt(ctx, sale, outcome);
}

function mayAsk({ askedAgain, now }: Context, { transaction_id }: TransactionKey): boolean {
  const at = now().getTime();
  for (const [id, asked_at] of askedAgain) if (at - asked_at >= OF_ENDED.span_ms) askedAgain.delete(id);
  if (askedAgain.has(transaction_id) || askedAgain.size >= OF_ENDED.most) return false;
  askedAgain.set(transaction_id, at);
  return true;
}
