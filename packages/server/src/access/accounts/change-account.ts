import type { AccountChange, Refusal } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { endSessions } from '../sessions/sessions.store.ts';
import type { AccountRow } from './accounts.query.ts';
import { setRole } from './accounts.store.ts';
import { roleFault } from './invite-account.ts';
import { lockAccountOf } from './lock-account-of.ts';

/**
 * Gives an account another role; its sessions end.
 * @param owner the distributor whose it must be; null: anybody's
 */
export function changeAccount(
  ctx: Context,
  id: string,
  { role }: AccountChange,
  owner: string | null,
  actor: string,
): Promise<AccountRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const account = await lockAccountOf(tx, id, owner, (before) => before.role !== role);
    if ('reason' in account) return account;
    const { distributor_id } = account;
    const fault = roleFault(role, distributor_id);
    if (fault) return fault;
    if (account.role === role) return account;
    const at = ctx.now();
    await setRole(tx, id, role);
    await endSessions(tx, id, at);
    const details = { before: { role: account.role }, after: { role } };
    await noteChange(tx, { at, actor, action: 'account.changed', subject: id, distributor_id, details });
    return { ...account, role };
  });
}
