import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { lockAccount } from '../accounts/accounts.store.ts';
import { admitAttempt } from '../admit-attempt.ts';
import type { BegunSession, Visitor } from './begin-session.ts';
import { renewSession } from './renew-session.ts';
import { confirmDraft } from './second-factor.store.ts';
import { newRecoveryCodes, recoveryDigest, takeTotpCode } from './second-factor.ts';

/** Makes a second factor count, once a code proves that its owner has it. All other sessions end. */
export async function confirmFactor(
  ctx: Context,
  account_id: string,
  code: string,
  visitor: Visitor,
): Promise<{ recovery_codes: string[]; begun: BegunSession } | Refusal> {
  const { db } = ctx.store;
  const attempt = await admitAttempt(ctx, 'code', [account_id], visitor.address);
  if ('reason' in attempt) return attempt;
  const confirmed = await db.transaction(async (tx) => {
    const account = await lockAccount(tx, account_id);
    if (!account) return refuse('invalid_credentials');
    if (account.factor_sealed !== null) return refuse('already_enrolled');
    const draft = account.factor_draft_sealed;
    if (draft === null) return refuse('not_found', { detail: 'no second factor was begun' });
    const taken = await takeTotpCode(ctx, tx, account_id, draft, code);
    if (typeof taken === 'object') return taken;
    if (!taken) return refuse('invalid_body_field', { field: 'code', detail: 'it is wrong' });
    const recovery_codes = newRecoveryCodes();
    await confirmDraft(tx, account_id, recovery_codes.map(recoveryDigest));
    const at = ctx.now();
    const { distributor_id } = account;
    const actor = `account ${account_id}`;
    await noteChange(tx, { at, actor, action: 'account.factor_confirmed', subject: account_id, distributor_id });
    return { recovery_codes, begun: await renewSession(tx, account_id, visitor, at) };
  });
  if (!('reason' in confirmed)) await attempt.forget(account_id);
  return confirmed;
}
