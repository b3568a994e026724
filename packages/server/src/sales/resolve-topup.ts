import type { Outcome } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { keepProfile } from '../esims/profiles.ts';
import { takeLateNews } from '../reversals/late-news.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { keepReceipt } from './receipts.ts';
import { decide, type Status } from './resolve.rules.ts';
import { findOutcome, keepUnknownOutcome } from './resolve.store.ts';

/** A supplier that gave no answer is left alone for a moment before it is asked. */
const FIRST_LOOK_AFTER_MS = 1_000;

const TWICE = 'an attempt has delivered an order of which another one was made, too';

/** How a transaction stands after an outcome came in. */
export interface Resolved {
  status: Status;
  reason: string | null;
  message: string | null;
  outcome_unknown: boolean;
  at: Date;
}

/** The attempt that an outcome is of. */
export interface OfAttempt {
  number: number;
  /** What it was to deliver; null: the offer's own product. */
  product_id: string | null;
  /** The number of the last attempt that was begun. */
  last: number;
}

/** The only one of an order that goes to the offer's own product alone. */
const ONLY_ATTEMPT: OfAttempt = { number: 1, product_id: null, last: 1 };

/** Without proof nothing changes: the unit stays held, and the supplier is asked later. */
async function leavePending(ctx: Context, key: TransactionKey, cause: string): Promise<Resolved> {
  const at = ctx.now();
  const next_at = new Date(at.getTime() + FIRST_LOOK_AFTER_MS);
  await keepUnknownOutcome(ctx.store.db, { ...key, cause, at, next_at });
  return { status: 'pending', reason: null, message: null, outcome_unknown: true, at };
}

/**
 * The one way out of pending. ok sells the held unit, ko gives it back, unknown leaves it held and says so. An eSIM is
 * sold only with its profile, which is kept before anything else; so is what is handed over with a recharge.
 * An outcome that contradicts a settled transaction raises an alert, and so does a delivery by an attempt after which another
 * one was begun. What becomes of the sale then, `takeLateNews` tells.
 * @returns how the transaction stands now, whoever made it so
 */
export async function resolveTopup(
  ctx: Context,
  key: TransactionKey,
  outcome: Outcome,
  of: OfAttempt = ONLY_ATTEMPT,
): Promise<Resolved> {
  if (outcome.outcome === 'unknown') return leavePending(ctx, key, outcome.cause);
  if (outcome.outcome === 'ok') {
    await keepProfile(ctx, key, outcome, of.product_id);
    if (outcome.deliveries !== undefined) {
      ctx.alert('a supplier has delivered a sale more than once', { ...key, deliveries: String(outcome.deliveries) });
    }
    if (!(await keepReceipt(ctx, key, outcome))) {
      return leavePending(ctx, key, 'delivered with a PIN that could not be kept');
    }
  }
  const at = ctx.now();
  const ko = outcome.outcome === 'ko';
  const resolution = {
    ...key,
    status: outcome.outcome,
    reason: ko ? outcome.reason : null,
    message: ko ? outcome.message : null,
    supplier_reference: ko ? null : (outcome.supplier_reference ?? null),
    ...(!ko && outcome.cost && { cost: outcome.cost.amount, cost_currency: outcome.cost.currency }),
    product_id: of.product_id,
    attempt: of.number === 1 ? null : of.number,
    at,
  };
  const { final, settled, lacks_profile } = await ctx.store.resolve(resolution);
  if (lacks_profile) {
    ctx.alert('an eSIM was delivered without a profile that could be kept', { ...key });
    return leavePending(ctx, key, 'delivered without a profile that could be kept');
  }
  if (final === null) throw new Error('a transaction to be resolved does not exist');
  const { status, attempt } = final;
  const state = settled ? ({ status: 'pending', attempt: of.last } as const) : { status, attempt: attempt ?? 1 };
  const isRefusedAgain = ko && !settled && status !== 'ok';
  if (isRefusedAgain || decide(state, { outcome: outcome.outcome, attempt: of.number }).contradiction) {
    const isTwice = outcome.outcome === 'ok' && state.status !== 'ko' && state.status !== 'expired';
    const deliverer = { product_id: resolution.product_id, attempt: resolution.attempt };
    const isNews = isTwice || (await takeLateNews(ctx, key, outcome, deliverer));
    if (isNews) {
      ctx.alert(isTwice ? TWICE : 'a supplier contradicts a settled transaction', {
        ...key,
        status,
        outcome: outcome.outcome,
        attempt: String(of.number),
      });
    }
    const now = await findOutcome(ctx.store.db, key);
    if (now) return { ...now, outcome_unknown: false };
  }
  const { reason, message } = final;
  return { status, reason, message, at: final.at, outcome_unknown: false };
}
