import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { findAccount } from './accounts.query.ts';
import { type GivenLink, giveLink } from './give-link.ts';
import { admitLink } from './invite-account.ts';
import { removeLinks } from './links.store.ts';
import { lockAccountOf } from './lock-account-of.ts';

/** Gives one of a distributor's own accounts a new link, for one of its administrators. */
export async function createStaffLink(
  ctx: Context,
  id: string,
  distributor_id: string,
  actor: string,
): Promise<GivenLink | Refusal> {
  const account = await findAccount(ctx.store.db, id);
  const isOwn = account?.distributor_id === distributor_id;
  const refusal = isOwn ? await admitLink(ctx, distributor_id, account.email) : null;
  return refusal ?? createAccountLink(ctx, id, distributor_id, actor);
}

/**
 * Gives an account a new link to set its password; those before end.
 * @param owner the distributor whose it must be; null: anybody's
 */
export function createAccountLink(
  ctx: Context,
  id: string,
  owner: string | null,
  actor: string,
): Promise<GivenLink | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const account = await lockAccountOf(tx, id, owner);
    if ('reason' in account) return account;
    const at = ctx.now();
    const { distributor_id } = account;
    await noteChange(tx, { at, actor, action: 'account.link_created', subject: id, distributor_id });
    await removeLinks(tx, id);
    return giveLink(ctx, tx, account, at);
  });
}
