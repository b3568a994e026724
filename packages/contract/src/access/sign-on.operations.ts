import Type from 'typebox';
import { EXAMPLE_SIGN_ON_CODE } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer } from '../operation-parts.ts';
import { SignedIn } from './accounts.ts';
import { ANYBODY, MANAGERS, OPERATORS, SUPPORT } from './role-groups.ts';
import { SignOn, SignOnBeginning, SignOnChange, SignOnCompletion, SignOnRedirect, SignOnRemoval } from './sign-on.ts';

const toAnybody = { tag: 'Accounts', access: 'public', extension: true } as const;
const ofStaff = { tag: 'Staff', access: 'distributor', extension: true } as const;
const ofAll = { tag: 'All accounts', access: 'operator', extension: true } as const;

/** Operations by which people sign in at the provider of their business. */
export const ACCOUNT_SIGN_ON_OPERATIONS = {
  beginSignOn: operation({
    id: 'beginSignOn',
    method: 'POST',
    path: '/accounts/v1/sign-on',
    summary: 'Begins to sign in at the provider of a business (OpenID Connect)',
    description: 'Sets a cookie that counts for ten minutes; then the browser goes to `url`.',
    ...toAnybody,
    body: SignOnBeginning,
    bodyExample: { code: EXAMPLE_SIGN_ON_CODE },
    answers: { 200: answer('Where to go', SignOnRedirect) },
    reasons: ['not_found', 'access_denied', 'sign_on_unavailable', 'sign_on_untrusted', 'not_configured'],
  }),
  completeSignOn: operation({
    id: 'completeSignOn',
    method: 'POST',
    path: '/accounts/v1/sign-on/completions',
    summary: 'Signs in with what the provider has answered: the answer sets the cookie of a session',
    description:
      'Who comes for the first time gets an account, with the role that the provider’s claim stands for; the role follows ' +
      'the claim each time, and where it is another than before, `role_before` says so and the other sessions end. Accounts are found by issuer and subject, never by e-mail address.',
    ...toAnybody,
    body: SignOnCompletion,
    bodyExample: { response: 'code=Xy2&state=Zm9v' },
    answers: { 200: answer('Who is signed in', SignedIn) },
    reasons: [
      'sign_on_expired',
      'sign_on_refused',
      'sign_on_untrusted',
      'sign_on_unavailable',
      'sign_on_no_email',
      'sign_on_no_role',
      'sign_on_role_lost',
      'sign_on_last_admin',
      'sign_on_not_linked',
      'sign_on_linked',
      'access_denied',
      'too_many_accounts',
      'not_configured',
    ],
  }),
  beginSignOnLink: operation({
    id: 'beginSignOnLink',
    method: 'POST',
    path: '/accounts/v1/sign-on/links',
    summary: 'Begins to link your account with who you are at the provider of your business',
    description: 'As to sign in; when it is completed, your account is found by who you are there.',
    tag: 'Accounts',
    access: 'account',
    extension: true,
    roles: ANYBODY,
    answers: { 200: answer('Where to go', SignOnRedirect) },
    reasons: ['not_found', 'sign_on_unavailable', 'sign_on_untrusted', 'not_configured'],
  }),
} as const;

/** Operations by which a distributor says where its people sign in. */
export const OWN_SIGN_ON_OPERATIONS = {
  getOwnSignOn: operation({
    id: 'getOwnSignOn',
    method: 'GET',
    path: '/v1/sign-on',
    summary: 'The provider at which your people sign in',
    ...ofStaff,
    roles: MANAGERS,
    answers: { 200: answer('The provider', SignOn) },
    reasons: ['not_found'],
  }),
  setOwnSignOn: operation({
    id: 'setOwnSignOn',
    method: 'PUT',
    path: '/v1/sign-on',
    summary: 'Sets the provider at which your people sign in',
    description: 'All of it but the secret: what is not sent is as if it was never set.',
    ...ofStaff,
    roles: MANAGERS,
    body: SignOnChange,
    bodyExample: {
      issuer: 'https://login.airport-shop.example',
      client_id: 'opentopup',
      client_secret: 'kept-by-the-provider-too',
      role_claim: 'groups',
      roles: [
        { value: 'topup-admins', role: 'distributor_admin' },
        { value: 'tills', role: 'seller' },
      ],
    },
    answers: { 200: answer('The provider as it is now', SignOn) },
    reasons: ['sign_on_unproven', 'not_configured'],
  }),
  removeOwnSignOn: operation({
    id: 'removeOwnSignOn',
    method: 'DELETE',
    path: '/v1/sign-on',
    summary: 'Does without the provider: your people sign in here only',
    description: 'Accounts that it has made stay; an administrator gives them a link to set a password.',
    ...ofStaff,
    roles: MANAGERS,
    answers: { 200: answer('It is removed', SignOnRemoval) },
    reasons: ['not_found'],
  }),
} as const;

const OfBusiness = Type.Object({
  distributor: Type.Optional({ ...Uuid, description: 'Of this distributor; absent: of the operator' }),
});

/** The same, for the operator's people, or for those of a distributor as the operator says. */
export const OPERATOR_SIGN_ON_OPERATIONS = {
  getSignOn: operation({
    id: 'getSignOn',
    method: 'GET',
    path: '/admin/v1/sign-on',
    summary: 'The provider at which people of the operator, or of a distributor, sign in',
    ...ofAll,
    roles: SUPPORT,
    query: OfBusiness,
    answers: { 200: answer('The provider', SignOn) },
    reasons: ['not_found'],
  }),
  setSignOn: operation({
    id: 'setSignOn',
    method: 'PUT',
    path: '/admin/v1/sign-on',
    summary: 'Sets the provider at which people of the operator, or of a distributor, sign in',
    description: 'All of it but the secret: what is not sent is as if it was never set.',
    ...ofAll,
    roles: OPERATORS,
    query: OfBusiness,
    body: SignOnChange,
    bodyExample: {
      issuer: 'https://login.operator.example',
      client_id: 'opentopup',
      client_secret: 'kept-by-the-provider-too',
      role_claim: 'groups',
      roles: [{ value: 'topup-support', role: 'operator_support' }],
    },
    answers: { 200: answer('The provider as it is now', SignOn) },
    reasons: ['not_found', 'sign_on_unproven', 'not_configured'],
  }),
  removeSignOn: operation({
    id: 'removeSignOn',
    method: 'DELETE',
    path: '/admin/v1/sign-on',
    summary: 'Does without the provider: these people sign in here only',
    ...ofAll,
    roles: OPERATORS,
    query: OfBusiness,
    answers: { 200: answer('It is removed', SignOnRemoval) },
    reasons: ['not_found'],
  }),
} as const;
