import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { DatabaseDown } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { type OfAttempt, type Resolved, resolveTopup } from './resolve-topup.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Settles a transaction right after its supplier call. If the database cannot be reached just now, the outcome is kept
 * and written as soon as it can: losing it would leave a delivered recharge without proof.
 * @returns null while the outcome is not yet written; the transaction is then still pending
 */
export async function recordOutcome(
  ctx: Context,
  key: TransactionKey,
  outcome: Outcome,
  of: OfAttempt,
): Promise<Resolved | null> {
  try {
    return await resolveTopup(ctx, key, outcome, of);
  } catch (error) {
    ctx.alert('the outcome of a transaction could not be written', { ...key, ...proofIn(outcome) });
    if (!(error instanceof DatabaseDown)) throw error;
    ctx.background(writeLater(ctx, key, outcome, of));
    return null;
  }
}

/** Tells what the log may keep of an outcome, should its process die before it is written. */
function proofIn(outcome: Outcome): Record<string, string> {
  switch (outcome.outcome) {
    case 'ok':
      return { outcome: 'ok', supplier_reference: outcome.supplier_reference ?? '' };
    case 'ko':
      return { outcome: 'ko', reason: outcome.reason };
    case 'unknown':
      return { outcome: 'unknown' };
  }
}

async function writeLater(ctx: Context, key: TransactionKey, outcome: Outcome, of: OfAttempt): Promise<void> {
  for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(pause_ms * 2, LONGEST_PAUSE_MS)) {
    await sleep(pause_ms);
    try {
      await resolveTopup(ctx, key, outcome, of);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseDown)) throw error;
    }
  }
}
