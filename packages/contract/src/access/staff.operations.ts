import { EXAMPLE_EMAIL } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, Id, list } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Account, AccountLink, StaffChange, StaffInvitation } from './accounts.ts';
import { MANAGERS } from './role-groups.ts';

const ofStaff = { tag: 'Staff', access: 'distributor', extension: true } as const;

/** Operations by which a distributor manages its own people. */
export const STAFF_OPERATIONS = {
  listStaff: operation({
    id: 'listStaff',
    method: 'GET',
    path: '/v1/staff',
    summary: 'Your accounts, oldest first',
    ...ofStaff,
    roles: MANAGERS,
    query: Page,
    answers: list('A page of accounts', Account),
  }),
  inviteStaff: operation({
    id: 'inviteStaff',
    method: 'POST',
    path: '/v1/staff',
    summary: 'Invites somebody with a one-time link, which counts for a week',
    description:
      'The answer is the same whether others know the address or not: an account belongs to one business, and an address ' +
      'may have one at each. Where the server can send e-mail, the link goes to its owner only.',
    ...ofStaff,
    roles: MANAGERS,
    body: StaffInvitation,
    bodyExample: { email: EXAMPLE_EMAIL, role: 'seller' },
    answers: { 201: answer('The account, without a password yet', AccountLink) },
    reasons: ['email_taken', 'too_many_accounts'],
  }),
  changeStaff: operation({
    id: 'changeStaff',
    method: 'PATCH',
    path: '/v1/staff/{id}',
    summary: 'Gives an account another role; its sessions end',
    ...ofStaff,
    roles: MANAGERS,
    params: Id,
    body: StaffChange,
    bodyExample: { role: 'viewer' },
    answers: { 200: answer('The account as it is now', Account) },
    reasons: ['last_admin'],
  }),
  removeStaff: operation({
    id: 'removeStaff',
    method: 'DELETE',
    path: '/v1/staff/{id}',
    summary: 'Removes an account; its sessions end',
    ...ofStaff,
    roles: MANAGERS,
    params: Id,
    answers: { 200: answer('The account as it was', Account) },
    reasons: ['last_admin'],
  }),
  createStaffLink: operation({
    id: 'createStaffLink',
    method: 'POST',
    path: '/v1/staff/{id}/links',
    summary: 'A new one-time link to set a password; those before end',
    ...ofStaff,
    roles: MANAGERS,
    params: Id,
    answers: { 201: answer('The link', AccountLink) },
  }),
} as const;
