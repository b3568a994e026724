import type { Refusal } from '@opentopup/contract';
import { deleteAccount } from '../store/accounts.ts';
import { noteChange } from '../store/audit.ts';
import type { AccountRow } from '../store/queries/accounts.ts';
import type { Flow } from './flow.ts';
import { lockAccountOf } from './lock-account-of.ts';

/**
 * Removes an account, and with it its address and its sessions.
 * @param owner the distributor whose it must be; null: anybody's
 */
export function removeAccount(
  flow: Flow,
  id: string,
  owner: string | null,
  actor: string,
): Promise<AccountRow | Refusal> {
  return flow.store.db.transaction(async (tx) => {
    const account = await lockAccountOf(tx, id, owner, () => true);
    if ('reason' in account) return account;
    const { distributor_id, role } = account;
    await deleteAccount(tx, id);
    const at = flow.now();
    const details = { before: { role } };
    await noteChange(tx, { at, actor, action: 'account.removed', subject: id, distributor_id, details });
    return account;
  });
}
