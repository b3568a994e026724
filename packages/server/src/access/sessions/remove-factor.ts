import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { lockAccount } from '../accounts/accounts.store.ts';
import { admitAttempt } from '../admit-attempt.ts';
import type { BegunSession, Visitor } from './begin-session.ts';
import { checkOwner } from './check-owner.ts';
import { renewSession } from './renew-session.ts';
import { deleteFactor } from './second-factor.store.ts';
import { takeCode } from './second-factor.ts';

/** Takes an account's second factor away, for whoever has it and knows the password. All other sessions end. */
export async function removeFactor(
  ctx: Context,
  account_id: string,
  { password, code }: { password: string; code: string },
  visitor: Visitor,
): Promise<BegunSession | Refusal> {
  const owner = await checkOwner(ctx, account_id, password, visitor);
  if ('reason' in owner) return owner;
  const attempt = await admitAttempt(ctx, 'code', [account_id], visitor.address);
  if ('reason' in attempt) {
    await owner.attempt.excuse(account_id);
    return attempt;
  }
  const removed = await ctx.store.db.transaction(async (tx) => {
    const account = await lockAccount(tx, account_id);
    if (!account) return refuse('invalid_credentials');
    const { factor_sealed, distributor_id } = account;
    if (factor_sealed === null) return refuse('not_found', { detail: 'there is no second factor' });
    const taken = await takeCode(ctx, tx, { id: account_id, factor_sealed }, code);
    if (typeof taken === 'object') return taken;
    if (!taken) return refuse('invalid_body_field', { field: 'code', detail: 'it is wrong' });
    await deleteFactor(tx, account_id);
    const at = ctx.now();
    const actor = `account ${account_id}`;
    await noteChange(tx, { at, actor, action: 'account.factor_removed', subject: account_id, distributor_id });
    return renewSession(tx, account_id, visitor, at);
  });
  if ('reason' in removed) {
    await owner.attempt.excuse(account_id);
  } else {
    await owner.attempt.forget(account_id);
    await attempt.forget(account_id);
  }
  return removed;
}
