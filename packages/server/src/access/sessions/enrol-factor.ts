import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { Visitor } from './begin-session.ts';
import { checkOwner } from './check-owner.ts';
import { draftFactor } from './second-factor.store.ts';
import { newFactor } from './second-factor.ts';

/** Begins a second factor: it counts once `confirmFactor` has seen a code of it. */
export async function enrolFactor(
  ctx: Context,
  account_id: string,
  password: string,
  visitor: Visitor,
): Promise<{ secret: string; uri: string } | Refusal> {
  const owner = await checkOwner(ctx, account_id, password, visitor);
  if ('reason' in owner) return owner;
  const { account, attempt } = owner;
  await attempt.forget(account_id);
  if (account.factor_sealed !== null) return refuse('already_enrolled');
  const factor = newFactor(ctx, account);
  if ('reason' in factor) return factor;
  const { sealed, ...shown } = factor;
  await draftFactor(ctx.store.db, account_id, sealed);
  return shown;
}
