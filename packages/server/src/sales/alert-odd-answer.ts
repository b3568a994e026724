import type { Found } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { AttemptKey } from '../values/attempt.ts';

/** Of a supplier that answers so again and again, somebody is told once in this time. */
const ONCE_IN_MS = 60_000;

/**
 * Alerts of an answer that is not as its supplier says that its answers are: the program does not know how to read it, so
 * orders stay open until somebody looks. What was said stands in the call log.
 */
export function alertOfOddAnswer(ctx: Context, key: AttemptKey, supplier_id: string, found: Found): void {
  if (found.outcome !== 'unknown' || !found.is_odd) return;
  const at = ctx.now().getTime();
  if ((ctx.oddAnswers.get(supplier_id) ?? 0) > at) return;
  ctx.oddAnswers.set(supplier_id, at + ONCE_IN_MS);
  const { distributor_id, transaction_id, number } = key;
  const { cause } = found;
  ctx.alert('a supplier has answered what its description does not say', {
    distributor_id,
    transaction_id,
    attempt: String(number),
    supplier_id,
    cause,
  });
}
