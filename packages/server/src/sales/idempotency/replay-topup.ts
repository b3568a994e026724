import { setTimeout as sleep } from 'node:timers/promises';
import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { findParkedTopup, parkedRefusal } from '../parking/parked-topup.ts';
import type { Topup } from '../topup.ts';
import type { TransactionRow } from '../transactions/transactions.query.ts';
import { findIdempotencyKey, type IdempotencyKey } from './idempotency.store.ts';

const LOOK_EVERY_MS = 100;
/** How long a repeated request waits for the first one's answer before it is told to come back. */
const WAIT_AT_MOST_MS = 5_000;
/** After the supplier's deadline, time for the outcome to be written. */
const MARGIN_MS = 2_000;

/** What was ordered under a key before. */
interface KnownKey {
  transaction_id: string;
  request_sha256: string;
}

/**
 * Looks for what was ordered under a key before, and gives its answer.
 * @returns null when the key is new
 */
export async function findReplay(
  ctx: Context,
  distributorId: string,
  idempotency: IdempotencyKey,
): Promise<Topup | Refusal | null> {
  const known = await findIdempotencyKey(ctx.store.db.reads, distributorId, idempotency.key);
  return known && replayTopup(ctx, distributorId, idempotency, known);
}

/** Gives the answer to a request whose Idempotency-Key was used before: the first one's, once there is one. */
export async function replayTopup(
  ctx: Context,
  distributorId: string,
  { request_sha256 }: IdempotencyKey,
  known: KnownKey,
): Promise<Topup | Refusal> {
  if (known.request_sha256 !== request_sha256) return refuse('idempotency_conflict');

  const giveUpAt = ctx.now().getTime() + WAIT_AT_MOST_MS;
  for (;;) {
    const transaction = await ctx.store.transaction({ distributor_id: distributorId, id: known.transaction_id });
    if (!transaction) return replayParked(ctx, distributorId, known.transaction_id);
    if (!isInFlight(ctx, transaction)) return { transaction, replayed: true };
    if (ctx.now().getTime() >= giveUpAt) return refuse('idempotency_in_progress');
    await sleep(LOOK_EVERY_MS);
  }
}

/** Gives the answer of an order that was parked under the key: how it stands by now. */
async function replayParked(ctx: Context, distributorId: string, id: string): Promise<Topup | Refusal> {
  const found = await findParkedTopup(ctx, { distributor_id: distributorId, id });
  if (!found) throw new Error('an idempotency key names a transaction that does not exist');
  if (found.parked.reason !== null) return parkedRefusal(found.parked);
  return { ...found, replayed: true };
}

/** Still within the time that its supplier call may take, in whatever process. */
function isInFlight(ctx: Context, transaction: TransactionRow): boolean {
  if (transaction.status !== 'pending' || transaction.outcome_unknown) return false;
  return ctx.now().getTime() - transaction.created_at.getTime() < ctx.supplier_deadline_ms + MARGIN_MS;
}
