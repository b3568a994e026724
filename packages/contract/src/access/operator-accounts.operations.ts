import Type from 'typebox';
import { EXAMPLE_EMAIL, EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, Id, list } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Account, AccountChange, AccountInvitation, AccountLink } from './accounts.ts';
import { OPERATORS, SUPPORT } from './role-groups.ts';

const operator = { tag: 'All accounts', access: 'operator', extension: true } as const;

/** Operations by which the operator manages all accounts, its own and those of distributors. */
export const OPERATOR_ACCOUNT_OPERATIONS = {
  listAccounts: operation({
    id: 'listAccounts',
    method: 'GET',
    path: '/admin/v1/accounts',
    summary: 'All accounts, oldest first',
    ...operator,
    roles: SUPPORT,
    query: Type.Object({
      ...Page.properties,
      distributor: Type.Optional({ ...Uuid, description: 'Only of this distributor' }),
    }),
    answers: list('A page of accounts', Account),
  }),
  inviteAccount: operation({
    id: 'inviteAccount',
    method: 'POST',
    path: '/admin/v1/accounts',
    summary: 'Invites somebody of a distributor, or of the operator, with a one-time link',
    ...operator,
    roles: OPERATORS,
    body: AccountInvitation,
    bodyExample: { email: EXAMPLE_EMAIL, role: 'distributor_admin', distributor_id: EXAMPLE_IDS.distributor },
    answers: { 201: answer('The account, without a password yet', AccountLink) },
    reasons: ['email_taken', 'not_found'],
  }),
  changeAccount: operation({
    id: 'changeAccount',
    method: 'PATCH',
    path: '/admin/v1/accounts/{id}',
    summary: 'Gives an account another role; its sessions end',
    ...operator,
    roles: OPERATORS,
    params: Id,
    body: AccountChange,
    bodyExample: { role: 'viewer' },
    answers: { 200: answer('The account as it is now', Account) },
    reasons: ['last_admin'],
  }),
  removeAccount: operation({
    id: 'removeAccount',
    method: 'DELETE',
    path: '/admin/v1/accounts/{id}',
    summary: 'Removes an account; its sessions end',
    ...operator,
    roles: OPERATORS,
    params: Id,
    answers: { 200: answer('The account as it was', Account) },
    reasons: ['last_admin'],
  }),
  createAccountLink: operation({
    id: 'createAccountLink',
    method: 'POST',
    path: '/admin/v1/accounts/{id}/links',
    summary: 'A new one-time link to set a password; those before end',
    ...operator,
    roles: OPERATORS,
    params: Id,
    answers: { 201: answer('The link', AccountLink) },
  }),
} as const;
