import {
  type AccountChange,
  type AccountInvitation,
  OPERATOR_ROLES,
  type Refusal,
  type Role,
  refuse,
} from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import { findDistributorDetail } from '../../distributors/distributors.query.ts';
import { admitRequest } from '../admit-attempt.ts';
import { endSessions } from '../sessions/sessions.store.ts';
import { type AccountRow, findAccount } from './accounts.query.ts';
import {
  addAccount,
  deleteAccount,
  lockAccount,
  lockAdmins,
  lockStaff,
  removeLinks,
  setRole,
} from './accounts.store.ts';
import { type GivenLink, giveLink } from './links.ts';

const ofOperator = new Set<Role>(OPERATOR_ROLES);

/** Says why a role does not go with whom an account belongs to; null where it does. */
export function roleFault(role: Role, distributor_id: string | null): Refusal | null {
  if (ofOperator.has(role) === (distributor_id === null)) return null;
  const detail = distributor_id === null ? 'it belongs to a distributor' : 'it belongs to the operator';
  return refuse('invalid_body_field', { field: 'role', detail });
}

/** How many accounts a distributor may have by its own invitations and at its provider; the operator may give it more. */
export const MOST_STAFF = 1_000;
/** How many mails a distributor may have sent in a quarter of an hour, in all and to one address. */
const MAILS = 100;
const MAILS_TO_ONE = 3;

/** Counts a link that a distributor has sent by mail: somebody else may get it, and did not ask for it. */
const admitLink = async (ctx: Context, distributor_id: string, email: string): Promise<Refusal | null> =>
  (await admitRequest(ctx, ['links by', distributor_id], MAILS)) ??
  (await admitRequest(ctx, ['links by', distributor_id, 'to', email], MAILS_TO_ONE));

/** Invites somebody to a distributor, for one of its administrators. */
export async function inviteStaff(
  ctx: Context,
  invitation: AccountInvitation & { distributor_id: string },
  actor: string,
): Promise<GivenLink | Refusal> {
  const refusal = await admitLink(ctx, invitation.distributor_id, invitation.email.toLowerCase());
  return refusal ?? inviteAccount(ctx, invitation, actor, MOST_STAFF);
}

/**
 * Makes an account without a password, and the link with which its owner sets one. Whether other businesses know the
 * address is nobody's business.
 * @param most how many accounts the distributor may have then
 */
export function inviteAccount(
  ctx: Context,
  invitation: AccountInvitation,
  actor: string,
  most = Number.POSITIVE_INFINITY,
): Promise<GivenLink | Refusal> {
  const { role, distributor_id = null } = invitation;
  const email = invitation.email.toLowerCase();
  return ctx.store.db.transaction(async (tx) => {
    const fault = roleFault(role, distributor_id);
    if (fault) return fault;
    if (distributor_id !== null && (await lockStaff(tx, distributor_id)) >= most) {
      return refuse('too_many_accounts', { detail: String(most) });
    }
    if (distributor_id !== null && !(await findDistributorDetail(tx, distributor_id))) {
      return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
    }
    const [id, at] = [newId(), ctx.now()];
    const account = { id, email, distributor_id, role, password_hash: null, at };
    if (!(await addAccount(tx, account))) return refuse('email_taken');
    const details = { after: { role } };
    await noteChange(tx, { at, actor, action: 'account.invited', subject: id, distributor_id, details });
    return giveLink(ctx, tx, (await lockAccount(tx, id)) as AccountRow, at);
  });
}

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

/**
 * Locks an account that is to be changed until the transaction ends.
 * @param owner the distributor whose it must be; null: anybody's
 * @param losesAdmin true where it ceases to be an administrator; the last one cannot, unless the operator says so of a
 *   distributor's
 */
async function lockAccountOf(
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
