import { EXAMPLE_PASSWORD } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, Id, list } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { SignedIn } from './accounts.ts';
import { Passkey, PasskeyBeginning, PasskeyCreation, PasskeyOptions, PasskeySignIn } from './passkeys.ts';
import { ANYBODY } from './role-groups.ts';

const toAnybody = { tag: 'Accounts', access: 'public', extension: true } as const;
const toAccounts = { tag: 'Accounts', access: 'account', extension: true, roles: ANYBODY } as const;

/** Operations by which people sign in with passkeys, and keep theirs. They need a browser. */
export const PASSKEY_OPERATIONS = {
  beginPasskeySignIn: operation({
    id: 'beginPasskeySignIn',
    method: 'POST',
    path: '/accounts/v1/passkeys/challenges',
    summary: 'Begins to sign in with a passkey (Web Authentication)',
    ...toAnybody,
    answers: { 200: answer('What the browser is given', PasskeyOptions) },
    reasons: ['not_configured'],
  }),
  signInWithPasskey: operation({
    id: 'signInWithPasskey',
    method: 'POST',
    path: '/accounts/v1/passkeys/sessions',
    summary: 'Signs in with a passkey: the answer sets the cookie of a session',
    description: 'The device has checked who holds it, so no code of a second factor is asked for.',
    ...toAnybody,
    body: PasskeySignIn,
    bodyExample: { response: { id: 'rAcXvc7u', rawId: 'rAcXvc7u', type: 'public-key', response: {} } },
    answers: { 200: answer('Who is signed in', SignedIn) },
    reasons: ['passkey_refused', 'access_denied', 'sign_on_needed', 'not_configured'],
  }),
  listPasskeys: operation({
    id: 'listPasskeys',
    method: 'GET',
    path: '/accounts/v1/passkeys',
    summary: 'Your passkeys, oldest first',
    ...toAccounts,
    query: Page,
    answers: list('A page of passkeys', Passkey),
  }),
  beginPasskey: operation({
    id: 'beginPasskey',
    method: 'POST',
    path: '/accounts/v1/passkeys/registrations',
    summary: 'Begins to make a passkey',
    description: 'Where the account has no password, the session has to have begun within the last ten minutes.',
    ...toAccounts,
    body: PasskeyBeginning,
    bodyExample: { password: EXAMPLE_PASSWORD },
    answers: { 201: answer('What the browser is given', PasskeyOptions) },
    reasons: ['too_many_passkeys', 'sign_on_needed', 'not_configured'],
  }),
  addPasskey: operation({
    id: 'addPasskey',
    method: 'POST',
    path: '/accounts/v1/passkeys',
    summary: 'Keeps the passkey that the browser has made; from then on it signs in',
    ...toAccounts,
    body: PasskeyCreation,
    bodyExample: { name: 'Till 4', response: { id: 'rAcXvc7u', rawId: 'rAcXvc7u', type: 'public-key', response: {} } },
    answers: { 201: answer('The passkey', Passkey) },
    reasons: ['passkey_refused', 'too_many_passkeys', 'not_configured'],
  }),
  removePasskey: operation({
    id: 'removePasskey',
    method: 'DELETE',
    path: '/accounts/v1/passkeys/{id}',
    summary: 'Removes a passkey of yours: it does not sign in any more',
    ...toAccounts,
    params: Id,
    answers: { 200: answer('The passkey as it was', Passkey) },
    reasons: ['last_way_in'],
  }),
} as const;
