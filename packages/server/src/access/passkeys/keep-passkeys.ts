import { type Passkey, type PasskeyCreation, type Refusal, refuse } from '@opentopup/contract';
import type { RegistrationResponseJSON, VerifiedRegistrationResponse } from '@simplewebauthn/server';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { type AccountRow, findAccount } from '../accounts/accounts.query.ts';
import { lockAccount } from '../accounts/accounts.store.ts';
import type { SessionRow } from '../sessions/sessions.query.ts';
import type { ClientInfo } from '../sessions/sessions.ts';
import { checkOwner } from '../sessions/sign-in.ts';
import { listPasskeys, type PasskeyRow } from './passkeys.query.ts';
import { addChallenge, addPasskey, deletePasskey, takeChallenge } from './passkeys.store.ts';
import { wirePasskey } from './passkeys.wire.ts';
import { CHALLENGE_LIFE_MS, type RelyingParty, relyingParty } from './relying-party.ts';

const NAME = 'OpenTopup';
/** How many passkeys an account may have. */
const MOST = 20;
const ALL = { offset: 0, limit: MOST };
/** How old a session may be that makes a passkey without a password: its owner has just proven who it is. */
const FRESH_MS = 10 * 60_000;

/** Begins to make a passkey of somebody who is signed in, and proves once more to be the owner. */
export async function beginPasskey(
  ctx: Context,
  session: SessionRow,
  password: string | undefined,
  clientInfo: ClientInfo,
): Promise<{ options: object } | Refusal> {
  const { db } = ctx.store;
  const site = relyingParty(ctx);
  if ('reason' in site) return site;
  const account = await findAccount(db, session.account_id);
  if (!account) return refuse('invalid_credentials');
  if (account.sign_on_only) return refuse('sign_on_needed');
  const refusal = await proveOwner(ctx, account, session, password, clientInfo);
  if (refusal) return refusal;
  const known = await listPasskeys(db, account.id, ALL);
  if (known.length >= MOST) return refuse('too_many_passkeys', { detail: String(MOST) });
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: site.id,
    userID: Uint8Array.from(Buffer.from(account.id)),
    userName: account.email,
    attestationType: 'none',
    // It signs in by itself: it is found on the device, and the device checks who holds it.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id })),
  });
  await addChallenge(db, options.challenge, account.id, new Date(ctx.now().getTime() + CHALLENGE_LIFE_MS));
  return { options };
}

/** Asks for the password; without one, a session that has just begun proves as much. */
async function proveOwner(
  ctx: Context,
  { id, password_hash }: AccountRow,
  { created_at }: SessionRow,
  password: string | undefined,
  clientInfo: ClientInfo,
): Promise<Refusal | null> {
  if (password_hash === null) {
    const isFresh = ctx.now().getTime() - created_at.getTime() < FRESH_MS;
    return isFresh ? null : refuse('access_denied', { detail: 'sign in again first: ten minutes are over' });
  }
  if (password === undefined) return refuse('missing_body_field', { field: 'password' });
  const owner = await checkOwner(ctx, id, password, clientInfo);
  if ('reason' in owner) return owner;
  await owner.attempt.forget(id);
  return null;
}

/** Keeps the passkey that a browser has made for an account. */
export async function keepPasskey(
  ctx: Context,
  account_id: string,
  { name, response }: PasskeyCreation,
): Promise<Passkey | Refusal> {
  const site = relyingParty(ctx);
  if ('reason' in site) return site;
  const made = await verifyMade(ctx, site, account_id, response);
  if (!made?.verified) return refuse('passkey_refused');
  const { credential, credentialBackedUp } = made.registrationInfo;
  return ctx.store.db.transaction(async (tx) => {
    const account = await lockAccount(tx, account_id);
    if (!account) return refuse('invalid_credentials');
    if ((await listPasskeys(tx, account_id, ALL)).length >= MOST) {
      return refuse('too_many_passkeys', { detail: String(MOST) });
    }
    const at = ctx.now();
    const row: PasskeyRow = {
      id: newId(),
      account_id,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      is_synced: credentialBackedUp,
      name,
      created_at: at,
      used_at: null,
    };
    if (!(await addPasskey(tx, row))) return refuse('passkey_refused');
    const { distributor_id } = account;
    const [actor, details] = [`account ${account_id}`, { after: { passkey: row.id, name } }];
    await noteChange(tx, { at, actor, action: 'account.passkey_added', subject: account_id, distributor_id, details });
    return wirePasskey(row);
  });
}

/** Checks what a browser says that it has made; null for what cannot be read. */
async function verifyMade(
  ctx: Context,
  site: RelyingParty,
  account_id: string,
  response: Record<string, unknown>,
): Promise<VerifiedRegistrationResponse | null> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { db } = ctx.store;
  const taken = (challenge: string): Promise<boolean> => takeChallenge(db, challenge, account_id, ctx.now());
  // The library throws for whatever is wrong with a response; an outage of the database is none.
  let outage: unknown = null;
  const expectedChallenge = (challenge: string): Promise<boolean> =>
    taken(challenge).catch((error: unknown) => {
      outage = error;
      return false;
    });
  try {
    return await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
    });
  } catch {
    if (outage) throw outage;
    return null;
  }
}

/** Removes a passkey of an account, unless nothing else signs it in. */
export const dropPasskey = (ctx: Context, account_id: string, id: string): Promise<Passkey | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    const account = await lockAccount(tx, account_id);
    const known = await listPasskeys(tx, account_id, ALL);
    const passkey = known.find((each) => each.id === id);
    if (!account || !passkey) return refuse('not_found', { detail: `passkey ${id} not found` });
    const isElsewhere = account.password_hash !== null || account.has_sign_on || known.length > 1;
    if (!isElsewhere) return refuse('last_way_in');
    await deletePasskey(tx, id);
    const { distributor_id } = account;
    const [at, actor] = [ctx.now(), `account ${account_id}`];
    const details = { before: { passkey: id, name: passkey.name } };
    await noteChange(tx, {
      at,
      actor,
      action: 'account.passkey_removed',
      subject: account_id,
      distributor_id,
      details,
    });
    return wirePasskey(passkey);
  });
