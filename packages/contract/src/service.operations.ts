import Type from 'typebox';
import { operation } from './operation.ts';
import { answer } from './operation-parts.ts';
import { HealthAnswer, LiveAnswer, TokenAnswer } from './service.ts';
import { DocumentKeySet } from './signing/signing.ts';

/** Operations at the root, whatever the base. */
export const SERVICE_OPERATIONS = {
  createToken: operation({
    id: 'createToken',
    method: 'POST',
    path: '/oauth/v3/token',
    tag: 'Service',
    summary: 'A token, by the client credentials grant of OAuth 2.0',
    description:
      'At most 50 a minute for each client. Renew it when a request is answered 401 with code 42. A client that cannot send HTTP Basic sends `client_id` and `client_secret` in the form instead (RFC 6749, 2.3.1).',
    access: 'client',
    extension: false,
    body: Type.Object({
      grant_type: Type.Literal('client_credentials'),
      scope: Type.Optional(Type.String()),
      client_id: Type.Optional(Type.String()),
      client_secret: Type.Optional(Type.String()),
    }),
    bodyType: 'application/x-www-form-urlencoded',
    bodyExample: { grant_type: 'client_credentials' },
    answers: { 200: answer('The token', TokenAnswer) },
  }),
  getHealth: operation({
    id: 'getHealth',
    method: 'GET',
    path: '/healthz',
    tag: 'Service',
    summary: 'Whether the process runs',
    access: 'public',
    extension: true,
    answers: { 200: answer('It does', HealthAnswer, { status: 'ok' }) },
  }),
  getReadiness: operation({
    id: 'getReadiness',
    method: 'GET',
    path: '/readyz',
    tag: 'Service',
    summary: 'Whether it can sell: the database answers too, and has room',
    access: 'public',
    extension: true,
    answers: { 200: answer('It can', HealthAnswer, { status: 'ready' }) },
  }),
  getDocumentKeys: operation({
    id: 'getDocumentKeys',
    method: 'GET',
    path: '/.well-known/jwks.json',
    tag: 'Service',
    summary: 'The public keys that documents were ever signed with, as a JSON Web Key Set',
    description: 'Keep a copy: with it, signed documents can be checked where this server cannot be reached.',
    access: 'public',
    extension: true,
    answers: { 200: answer('The keys, newest first; the first one signs', DocumentKeySet) },
  }),
} as const;

/** The sign of life of the server, below every base. */
export const WIRE_SERVICE_OPERATIONS = {
  isAlive: operation({
    id: 'isAlive',
    method: 'GET',
    path: '/live',
    tag: 'Service',
    summary: 'Whether the server is alive',
    access: 'public',
    extension: false,
    answers: { 200: answer('It is', LiveAnswer) },
  }),
} as const;
