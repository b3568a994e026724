import { type Refusal, refuse } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { type AccountRow, findAccount } from './accounts.query.ts';
import { lockAccount, lockAdmins } from './accounts.store.ts';

/**
 * An account that is to be changed, kept so until the transaction ends.
 * @param owner the distributor whose it must be; null: anybody's
 * @param losesAdmin true where it ceases to be an administrator; the last one cannot, unless the operator says so of a
 *   distributor's
 */
export async function lockAccountOf(
  tx: Query,
  id: string,
  owner: string | null,
  losesAdmin: (account: AccountRow) => boolean = () => false,
): Promise<AccountRow | Refusal> {
  const notFound = refuse('not_found', { detail: `account ${id} not found` });
  const found = await findAccount(tx, id);
  if (!found || (owner !== null && found.distributor_id !== owner)) return notFound;
  // First all administrators, then the account: always in this order, so that nobody waits for each other.
  const admins = await lockAdmins(tx, found.distributor_id);
  const account = await lockAccount(tx, id);
  if (!account) return notFound;
  const isLast = admins.length === 1 && admins[0] === id;
  const mayBe = owner === null && account.distributor_id !== null;
  return isLast && !mayBe && losesAdmin(account) ? refuse('last_admin') : account;
}
