import Type from 'typebox';
import { operation } from '../operation.ts';
import { answer, Id, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import {
  Credential,
  CredentialChange,
  CredentialCreation,
  CredentialRotation,
  NewCredential,
  NewOwnCredential,
  OwnCredential,
  OwnCredentialCreation,
} from './credentials.ts';
import { MANAGERS, OPERATORS, SUPPORT } from './role-groups.ts';

const ofClients = { tag: 'Own clients', access: 'distributor', extension: true } as const;
const Client = Type.Object({ client_id: Type.String({ minLength: 1, maxLength: 255 }) });

/** Operations by which a distributor manages its own clients. */
export const OWN_CREDENTIAL_OPERATIONS = {
  listOwnCredentials: operation({
    id: 'listOwnCredentials',
    method: 'GET',
    path: '/v1/credentials',
    summary: 'Your clients, oldest first',
    description: 'With a session, those of your sandbox too: a token knows its own world only.',
    ...ofClients,
    roles: MANAGERS,
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
    roles: MANAGERS,
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
    roles: MANAGERS,
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
    roles: MANAGERS,
    params: Client,
    answers: { 200: answer('The credential as it is now', OwnCredential) },
  }),
} as const;

/** Operations by which the operator manages the clients of distributors. */
export const OPERATOR_CREDENTIAL_OPERATIONS = {
  listCredentials: operation({
    id: 'listCredentials',
    method: 'GET',
    path: '/admin/v1/distributors/{id}/credentials',
    tag: 'Credentials',
    summary: 'The clients of a distributor',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Page,
    answers: list('A page of credentials', Credential),
  }),
  createCredential: operation({
    id: 'createCredential',
    method: 'POST',
    path: '/admin/v1/distributors/{id}/credentials',
    tag: 'Credentials',
    summary: 'Makes a client with a secret',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: CredentialCreation,
    bodyExample: { name: 'Till 4' },
    answers: { 201: answer('The credential, with its secret', NewCredential) },
  }),
  changeCredential: operation({
    id: 'changeCredential',
    method: 'PATCH',
    path: '/admin/v1/credentials/{client_id}',
    tag: 'Credentials',
    summary: 'Changes a client’s name or rate limit',
    ...ofOperator,
    roles: OPERATORS,
    params: Client,
    body: CredentialChange,
    bodyExample: { requests_per_minute: 600 },
    answers: { 200: answer('The credential as it is now', Credential) },
  }),
  rotateCredential: operation({
    id: 'rotateCredential',
    method: 'POST',
    path: '/admin/v1/credentials/{client_id}/rotations',
    tag: 'Credentials',
    summary: 'Gives a client a new secret; the old one works on for a while',
    ...ofOperator,
    roles: OPERATORS,
    params: Client,
    body: CredentialRotation,
    bodyExample: { overlap_s: 3600 },
    answers: { 201: answer('The credential, with its new secret', NewCredential) },
  }),
  revokeCredential: operation({
    id: 'revokeCredential',
    method: 'DELETE',
    path: '/admin/v1/credentials/{client_id}',
    tag: 'Credentials',
    summary: 'Revokes a client; its tokens end within seconds',
    ...ofOperator,
    roles: OPERATORS,
    params: Client,
    answers: { 200: answer('The credential as it is now', Credential) },
  }),
} as const;
