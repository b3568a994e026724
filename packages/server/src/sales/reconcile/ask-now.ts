import { setTimeout as sleep } from 'node:timers/promises';
import { connectorOf } from '../../catalogue/suppliers/supplier-access.ts';
import type { Context } from '../../context.ts';
import { attemptReference } from '../../values/attempt.ts';
import type { HeardAttempt } from './heard-attempts.query.ts';
import { findEnded, hurryCase } from './reconcile.store.ts';
import { askWhatBecame } from './reconcile-topup.ts';
import { resolveAttempt } from './resolve-attempt.ts';

/** Anybody may say that there is news: about what has ended, a supplier is asked so often by a process, and no more. */
const OF_ENDED = { span_ms: 60_000, most: 100 };

/**
 * Has a supplier asked about an attempt because somebody says that there is news of it, without proof. What has ended
 * is asked about as well: where its supplier says something else now, an alert tells. What is said again meanwhile has it asked
 * once more when its time is over: the first word may have come before what it tells of.
 */
export async function askNow(ctx: Context, heard: HeardAttempt): Promise<void> {
  if (await hurryCase(ctx.store.db, heard, ctx.now())) return;
  const { askedAgain } = ctx;
  const at_ms = ctx.now().getTime();
  for (const [id, asked] of askedAgain) if (at_ms - asked.at_ms >= OF_ENDED.span_ms) askedAgain.delete(id);
  const reference = attemptReference(heard);
  const asked = askedAgain.get(reference);
  if (asked?.isDue || (!asked && askedAgain.size >= OF_ENDED.most)) return;
  if (asked) {
    asked.isDue = true;
    ctx.background(askLater(ctx, heard, asked.at_ms + OF_ENDED.span_ms - at_ms));
    return;
  }
  askedAgain.set(reference, { at_ms, isDue: false });
  await askAboutEnded(ctx, heard);
}

/** Asks once more after a time, unless the server stops before. */
async function askLater(ctx: Context, heard: HeardAttempt, in_ms: number): Promise<void> {
  await sleep(in_ms, undefined, { signal: ctx.stopping }).catch(() => {});
  if (!ctx.stopping.aborted) await askAboutEnded(ctx, heard);
}

async function askAboutEnded(ctx: Context, heard: HeardAttempt): Promise<void> {
  const sale = await findEnded(ctx.store.db, heard);
  const connector = sale && connectorOf(ctx, sale.world, sale.supplier);
  if (!connector) return;
  const found = await askWhatBecame(ctx, sale, connector);
  // Suppliers forget: what was delivered is not undone because they do not know it any more.
  if (found.outcome === 'ok' || found.outcome === 'ko') await resolveAttempt(ctx, sale, found);
}
