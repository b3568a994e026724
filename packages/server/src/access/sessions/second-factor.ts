import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { lockAccount } from '../accounts/accounts.store.ts';
import { admitAttempt } from '../admit-attempt.ts';
import { newFactor, newRecoveryCodes, recoveryDigest, takeCode, takeTotpCode } from './factor-codes.ts';
import { confirmDraft, deleteFactor, draftFactor } from './second-factor.store.ts';
import { type BegunSession, type ClientInfo, renewSession } from './sessions.ts';
import { checkOwner } from './sign-in.ts';

/** Begins a second factor: it counts once `confirmFactor` has seen a code of it. */
export async function enrolFactor(
  ctx: Context,
  account_id: string,
  password: string,
  clientInfo: ClientInfo,
): Promise<{ secret: string; uri: string } | Refusal> {
  const owner = await checkOwner(ctx, account_id, password, clientInfo);
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

/** Makes a second factor count, once a code proves that its owner has it. All other sessions end. */
export async function confirmFactor(
  ctx: Context,
  account_id: string,
  code: string,
  clientInfo: ClientInfo,
): Promise<{ recovery_codes: string[]; begun: BegunSession } | Refusal> {
  const { db } = ctx.store;
  const attempt = await admitAttempt(ctx, 'code', [account_id], clientInfo.address);
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
    return { recovery_codes, begun: await renewSession(tx, account_id, clientInfo, at) };
  });
  if (!('reason' in confirmed)) await attempt.forget(account_id);
  return confirmed;
}

/** Takes an account's second factor away, for whoever has it and knows the password. All other sessions end. */
export async function removeFactor(
  ctx: Context,
  account_id: string,
  { password, code }: { password: string; code: string },
  clientInfo: ClientInfo,
): Promise<BegunSession | Refusal> {
  const owner = await checkOwner(ctx, account_id, password, clientInfo);
  if ('reason' in owner) return owner;
  const attempt = await admitAttempt(ctx, 'code', [account_id], clientInfo.address);
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
    return renewSession(tx, account_id, clientInfo, at);
  });
  if ('reason' in removed) {
    await owner.attempt.excuse(account_id);
  } else {
    await owner.attempt.forget(account_id);
    await attempt.forget(account_id);
  }
  return removed;
}
