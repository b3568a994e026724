import { type AccountInvitation, OPERATOR_ROLES, type Refusal, type Role, refuse } from '@opentopup/contract';
import { addAccount, lockAccount } from '../store/accounts.ts';
import { noteChange } from '../store/audit.ts';
import { newId } from '../store/ids.ts';
import type { AccountRow } from '../store/queries/accounts.ts';
import { findDistributorDetail } from '../store/queries/operator/distributors.ts';
import type { Flow } from './flow.ts';
import { type GivenLink, giveLink } from './give-link.ts';

const ofOperator = new Set<Role>(OPERATOR_ROLES);

/** Why a role does not go with whom an account belongs to; null where it does. */
export function roleFault(role: Role, distributor_id: string | null): Refusal | null {
  if (ofOperator.has(role) === (distributor_id === null)) return null;
  const detail = distributor_id === null ? 'it belongs to a distributor' : 'it belongs to the operator';
  return refuse('invalid_body_field', { field: 'role', detail });
}

/** Makes an account without a password, and the link with which its owner sets one. */
export function inviteAccount(flow: Flow, invitation: AccountInvitation, actor: string): Promise<GivenLink | Refusal> {
  const { role, distributor_id = null } = invitation;
  const email = invitation.email.toLowerCase();
  return flow.store.db.transaction(async (tx) => {
    const fault = roleFault(role, distributor_id);
    if (fault) return fault;
    if (distributor_id !== null && !(await findDistributorDetail(tx, distributor_id))) {
      return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
    }
    const [id, at] = [newId(), flow.now()];
    const account = { id, email, distributor_id, role, password_hash: null, at };
    if (!(await addAccount(tx, account))) return refuse('email_taken');
    const details = { after: { role } };
    await noteChange(tx, { at, actor, action: 'account.invited', subject: id, distributor_id, details });
    return giveLink(flow, tx, (await lockAccount(tx, id)) as AccountRow, at);
  });
}
