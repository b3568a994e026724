import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { listPasswordHashes } from '../accounts/accounts.query.ts';
import { lockAccount, setPasswordHash } from '../accounts/accounts.store.ts';
import { removeLinks } from '../accounts/links.store.ts';
import type { BegunSession, Visitor } from './begin-session.ts';
import { checkOwner } from './check-owner.ts';
import { passwordFault } from './password.rules.ts';
import { hashPassword } from './password.ts';
import { renewSession } from './renew-session.ts';

/** Gives an account another password. All its sessions and links end; its owner gets a new session. */
export async function changePassword(
  ctx: Context,
  account_id: string,
  { password, new_password }: { password: string; new_password: string },
  visitor: Visitor,
): Promise<BegunSession | Refusal> {
  const owner = await checkOwner(ctx, account_id, password, visitor);
  if ('reason' in owner) return owner;
  const { account, attempt } = owner;
  await attempt.forget(account_id);
  const fault = passwordFault(new_password, account.email);
  if (fault) return refuse('invalid_body_field', { field: 'new_password', detail: fault });
  const hash = await hashPassword(new_password, await listPasswordHashes(ctx.store.db, account.email));
  return ctx.store.db.transaction(async (tx) => {
    const now = await lockAccount(tx, account_id);
    if (now?.password_hash !== account.password_hash) return refuse('invalid_credentials');
    await setPasswordHash(tx, account_id, hash);
    await removeLinks(tx, account_id);
    const at = ctx.now();
    const { distributor_id } = account;
    const actor = `account ${account_id}`;
    await noteChange(tx, { at, actor, action: 'account.password_changed', subject: account_id, distributor_id });
    return renewSession(tx, account_id, visitor, at);
  });
}
