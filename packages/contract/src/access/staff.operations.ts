import Type from 'typebox';
import {
  CredentialRotation,
  NewOwnCredential,
  OwnCredential,
  OwnCredentialCreation,
} from '../distributors/distributors.ts';
import { EXAMPLE_EMAIL } from '../examples.ts';
import { operation } from '../operation.ts';
import { answer, Id, list } from '../operations/parts.ts';
import { Page } from '../service.ts';
import { Account, AccountLink, StaffChange, StaffInvitation } from './accounts.ts';

const ofStaff = { tag: 'Staff', access: 'distributor', extension: true } as const;
const ofClients = { tag: 'Own clients', access: 'distributor', extension: true } as const;
const Client = Type.Object({ client_id: Type.String({ minLength: 1, maxLength: 255 }) });

/** How a distributor looks after its people and its clients itself, under `/v1`. */
export const STAFF_OPERATIONS = {
  listStaff: operation({
    id: 'listStaff',
    method: 'GET',
    path: '/v1/staff',
    summary: 'Your accounts, oldest first',
    ...ofStaff,
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
    params: Id,
    answers: { 201: answer('The link', AccountLink) },
  }),

  listOwnCredentials: operation({
    id: 'listOwnCredentials',
    method: 'GET',
    path: '/v1/credentials',
    summary: 'Your clients, oldest first',
    description: 'With a session, those of your sandbox too: a token knows its own world only.',
    ...ofClients,
    query: Page,
    answers: list('A page of credentials', OwnCredential),
  }),
  createOwnCredential: operation({
    id: 'createOwnCredential',
    method: 'POST',
    path: '/v1/credentials',
    summary: 'Makes a client with a secret; with a session, of your sandbox too',
    description:
      'It may make as many requests in a minute as the client that makes it; made with a session, as many as the busiest of ' +
      'your clients. You have 20 clients at most that count.',
    ...ofClients,
    body: OwnCredentialCreation,
    bodyExample: { name: 'Till 4' },
    answers: { 201: answer('The credential, with its secret', NewOwnCredential) },
    reasons: ['not_found', 'too_many_clients'],
  }),
  rotateOwnCredential: operation({
    id: 'rotateOwnCredential',
    method: 'POST',
    path: '/v1/credentials/{client_id}/rotations',
    summary: 'Gives a client of yours a new secret; the old one works on for a while',
    ...ofClients,
    params: Client,
    body: CredentialRotation,
    bodyExample: { overlap_s: 3600 },
    answers: { 201: answer('The credential, with its new secret', NewOwnCredential) },
  }),
  revokeOwnCredential: operation({
    id: 'revokeOwnCredential',
    method: 'DELETE',
    path: '/v1/credentials/{client_id}',
    summary: 'Revokes a client of yours; its tokens end within seconds',
    ...ofClients,
    params: Client,
    answers: { 200: answer('The credential as it is now', OwnCredential) },
  }),
} as const;
