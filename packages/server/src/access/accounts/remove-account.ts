import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { AccountRow } from './accounts.query.ts';
import { deleteAccount } from './accounts.store.ts';
import { lockAccountOf } from './lock-account-of.ts';

/**
 * Removes an account, and with it its address and its sessions.
 * @param owner the distributor whose it must be; null: anybody's
 */
export function removeAccount(
  ctx: Context,
  id: string,
  owner: string | null,
  actor: string,
): Promise<AccountRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const account = await lockAccountOf(tx, id, owner, () => true);
    if ('reason' in account) return account;
    const { distributor_id, role } = account;
    await deleteAccount(tx, id);
    const at = ctx.now();
    const details = { before: { role } };
    await noteChange(tx, { at, actor, action: 'account.removed', subject: id, distributor_id, details });
    return account;
  });
}
