import type { Outcome } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { keepProfile } from '../esims/profiles.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { decide, type Status } from './resolve.rules.ts';
import { keepUnknownOutcome } from './resolve.store.ts';

/** A supplier that gave no answer is left alone for a moment before it is asked. */
const FIRST_LOOK_AFTER_MS = 1_000;

/** How a transaction stands after an outcome came in. */
export interface Resolved {
  status: Status;
  reason: string | null;
  message: string | null;
  outcome_unknown: boolean;
  at: Date;
}

/** Without proof nothing changes: the unit stays held, and the supplier is asked later. */
async function leavePending(ctx: Context, key: TransactionKey, cause: string): Promise<Resolved> {
  const at = ctx.now();
  const next_at = new Date(at.getTime() + FIRST_LOOK_AFTER_MS);
  await keepUnknownOutcome(ctx.store.db, { ...key, cause, at, next_at });
  return { status: 'pending', reason: null, message: null, outcome_unknown: true, at };
}

/**
 * The one way out of pending. ok sells the held unit, ko gives it back, unknown leaves it held and says so. An eSIM is
 * sold only with its profile, which is kept before anything else.
 * An outcome that contradicts a settled transaction changes nothing and raises an alert.
 * @returns how the transaction stands now, whoever made it so
 */
export async function resolveTopup(ctx: Context, key: TransactionKey, outcome: Outcome): Promise<Resolved> {
  if (outcome.outcome === 'unknown') return leavePending(ctx, key, outcome.cause);
  if (outcome.outcome === 'ok') await keepProfile(ctx, key, outcome);
  if (outcome.outcome === 'ok' && outcome.deliveries !== undefined) {
    ctx.alert('a supplier has delivered a sale more than once', { ...key, deliveries: String(outcome.deliveries) });
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
    at,
  };
  const { final, settled, lacks_profile } = await ctx.store.resolve(resolution);
  if (lacks_profile) {
    ctx.alert('an eSIM was delivered without a profile that could be kept', { ...key });
    return leavePending(ctx, key, 'delivered without a profile that could be kept');
  }
  if (final === null) throw new Error('a transaction to be resolved does not exist');
  if (!settled && decide(final.status, outcome).contradiction) {
    ctx.alert('a supplier contradicts a settled transaction', {
      ...key,
      status: final.status,
      outcome: outcome.outcome,
    });
  }
  return { ...final, outcome_unknown: false };
}
