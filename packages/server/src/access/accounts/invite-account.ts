import { type AccountInvitation, OPERATOR_ROLES, type Refusal, type Role, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { findDistributorDetail } from '../../distributors/distributor-details.query.ts';
import { admitRequest } from '../admit-attempt.ts';
import type { AccountRow } from './accounts.query.ts';
import { addAccount, lockAccount, lockStaff } from './accounts.store.ts';
import { type GivenLink, giveLink } from './give-link.ts';

const ofOperator = new Set<Role>(OPERATOR_ROLES);

/** Why a role does not go with whom an account belongs to; null where it does. */
export function roleFault(role: Role, distributor_id: string | null): Refusal | null {
  if (ofOperator.has(role) === (distributor_id === null)) return null;
  const detail = distributor_id === null ? 'it belongs to a distributor' : 'it belongs to the operator';
  return refuse('invalid_body_field', { field: 'role', detail });
}

/** How many accounts a distributor may have by its own invitations; the operator may give it more. */
const MOST_STAFF = 1_000;
/** How many mails a distributor may have sent in a quarter of an hour, in all and to one address. */
const MAILS = 100;
const MAILS_TO_ONE = 3;

/** Counts a link that a distributor has sent by mail: somebody else may get it, and did not ask for it. */
export const admitLink = async (ctx: Context, distributor_id: string, email: string): Promise<Refusal | null> =>
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
