import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../store/audit.ts';
import type { Flow } from './flow.ts';
import { type GivenLink, giveLink } from './give-link.ts';
import { lockAccountOf } from './lock-account-of.ts';

/**
 * Gives an account a new link to set its password.
 * @param owner the distributor whose it must be; null: anybody's
 */
export function createAccountLink(
  flow: Flow,
  id: string,
  owner: string | null,
  actor: string,
): Promise<GivenLink | Refusal> {
  return flow.store.db.transaction(async (tx) => {
    const account = await lockAccountOf(tx, id, owner);
    if ('reason' in account) return account;
    const at = flow.now();
    const { distributor_id } = account;
    await noteChange(tx, { at, actor, action: 'account.link_created', subject: id, distributor_id });
    return giveLink(flow, tx, account, at);
  });
}
