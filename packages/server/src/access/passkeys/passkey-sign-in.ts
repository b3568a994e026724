import { type Refusal, refuse } from '@opentopup/contract';
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { networkOf } from '../../values/network.ts';
import { lockAccount, noteSignIn } from '../accounts/accounts.store.ts';
import { admitRequest } from '../admit-attempt.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { endSessionOf } from '../sessions/sessions.store.ts';
import { type BegunSession, beginSession, type ClientInfo } from '../sessions/sessions.ts';
import { findCredential, type PasskeyRow } from './passkeys.query.ts';
import { addChallenge, noteUse, takeChallenge } from './passkeys.store.ts';
import { CHALLENGE_LIFE_MS, type RelyingParty, relyingParty } from './relying-party.ts';

/** How often the people of one network may begin, and bring an answer, in a quarter of an hour. */
const FROM_NETWORK = 300;

/** Begins to sign in with a passkey, whosever it is. */
export async function beginPasskeySignIn(
  ctx: Context,
  { address }: ClientInfo,
): Promise<{ options: object } | Refusal> {
  const site = relyingParty(ctx);
  if ('reason' in site) return site;
  const refusal = await admitRequest(ctx, ['passkeys from', networkOf(address)], FROM_NETWORK);
  if (refusal) return refusal;
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({ rpID: site.id, userVerification: 'required' });
  const expires_at = new Date(ctx.now().getTime() + CHALLENGE_LIFE_MS);
  await addChallenge(ctx.store.db, options.challenge, null, expires_at);
  return { options };
}

/**
 * Begins a session for whoever has a passkey, and was checked by its device.
 * @param known the secret of the session that the browser had until now; that one ends
 */
export async function signInWithPasskey(
  ctx: Context,
  response: Record<string, unknown>,
  clientInfo: ClientInfo,
  known: string | null,
): Promise<BegunSession | Refusal> {
  const { db } = ctx.store;
  const site = relyingParty(ctx);
  if ('reason' in site) return site;
  const refusal = await admitRequest(ctx, ['passkeys back from', networkOf(clientInfo.address)], FROM_NETWORK);
  if (refusal) return refusal;
  const { id } = response;
  const passkey = typeof id === 'string' ? await findCredential(db, id) : null;
  if (!passkey) return refuse('passkey_refused');
  const counter = await verifyUse(ctx, site, passkey, response);
  if (counter === null) return refuse('passkey_refused');
  return db.transaction(async (tx) => {
    const account = await lockAccount(tx, passkey.account_id);
    if (!account) return refuse('passkey_refused');
    const { id: account_id, distributor_id } = account;
    const at = ctx.now();
    if (!(await noteUse(tx, passkey.id, counter, at))) {
      const details = { passkey: passkey.id, counter };
      const actor = `account ${account_id}`;
      await noteChange(tx, {
        at,
        actor,
        action: 'account.passkey_copied',
        subject: account_id,
        distributor_id,
        details,
      });
      return refuse('passkey_refused');
    }
    if (account.distributor_status === 'suspended') {
      return refuse('access_denied', { detail: 'your distributor is suspended' });
    }
    if (account.sign_on_only) return refuse('sign_on_needed');
    if (known !== null) await endSessionOf(tx, secretDigest(known), at);
    await noteSignIn(tx, account_id, at);
    return beginSession(tx, account_id, clientInfo, at);
  });
}

/** Checks what a device has signed; gives how often it has signed by now, and null for what cannot be trusted. */
async function verifyUse(
  ctx: Context,
  site: RelyingParty,
  { account_id, credential_id, public_key }: PasskeyRow,
  response: Record<string, unknown>,
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { db } = ctx.store;
  // The library throws for whatever is wrong with a response; an outage of the database is none.
  let outage: unknown = null;
  const expectedChallenge = (challenge: string): Promise<boolean> =>
    takeChallenge(db, challenge, null, ctx.now()).catch((error: unknown) => {
      outage = error;
      return false;
    });
  const given = response as unknown as AuthenticationResponseJSON;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: given,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      // Whether it has grown, the database says: of two at the same moment one only is right.
      credential: { id: credential_id, publicKey: Uint8Array.from(Buffer.from(public_key, 'base64url')), counter: 0 },
    });
    const { userHandle } = given.response;
    const isOwners = userHandle === undefined || Buffer.from(userHandle, 'base64url').toString() === account_id;
    return verified && isOwners ? authenticationInfo.newCounter : null;
  } catch {
    if (outage) throw outage;
    return null;
  }
}
