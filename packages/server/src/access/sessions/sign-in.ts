import { type Refusal, refuse, type SignIn } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { type AccountRow, findAccount, listAccountsOf, listPasswordHashes } from '../accounts/accounts.query.ts';
import { lockAccount, noteSignIn, removeLinks, setPasswordHash } from '../accounts/accounts.store.ts';
import { type AdmittedAttempt, admitAttempt } from '../admit-attempt.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { takeCode } from './factor-codes.ts';
import { passwordFault } from './password.rules.ts';
import { arePasswords, hashPassword, isPassword } from './password.ts';
import { endSessionOf } from './sessions.store.ts';
import { type BegunSession, beginSession, type ClientInfo, renewSession } from './sessions.ts';

/**
 * Begins a session for whoever knows the password, and has the second factor where there is one. Whether there is such
 * an account at all, or several with this address, neither the answer tells nor the time it takes. Where several have the
 * same password, the one used last is meant that passwords sign in to.
 * @param known the secret of the session that the browser had until now; that one ends
 */
export async function signIn(
  ctx: Context,
  { email: given, password, code }: SignIn,
  clientInfo: ClientInfo,
  known: string | null,
): Promise<BegunSession | Refusal> {
  const email = given.toLowerCase();
  const accounts = (await listAccountsOf(ctx.store.db, email)).filter(({ password_hash }) => password_hash !== null);
  const ids = accounts.length === 0 ? [email] : accounts.map(({ id }) => id);
  const attempt = await admitAttempt(ctx, 'password', ids, clientInfo.address);
  if ('reason' in attempt) return attempt;

  const open = accounts.filter(({ id }) => attempt.open.has(id));
  const right = await arePasswords(
    password,
    open.map(({ password_hash }) => password_hash ?? ''),
  );
  const meant = open.filter((_, i) => right[i]);
  const account = meant.find(({ sign_on_only }) => !sign_on_only) ?? meant[0];
  if (!account) return refuse('invalid_credentials');
  if (account.distributor_status === 'suspended') {
    return refuse('access_denied', { detail: 'your distributor is suspended' });
  }
  if (account.sign_on_only) {
    await attempt.excuse(account.id);
    return refuse('sign_on_needed');
  }
  const proof = await proveFactor(ctx, account, code, clientInfo);
  if (proof && 'reason' in proof) {
    await attempt.excuse(account.id);
    return proof;
  }
  const begun = await begin(ctx, account, clientInfo, known);
  await attempt.forget(account.id);
  await proof?.forget(account.id);
  return begun;
}

/** Takes the code of the second factor; null where there is none. */
async function proveFactor(
  ctx: Context,
  { id, factor_sealed }: AccountRow,
  code: string | undefined,
  { address }: ClientInfo,
): Promise<AdmittedAttempt | Refusal | null> {
  if (factor_sealed === null) return null;
  if (code === undefined) return refuse('code_needed');
  const attempt = await admitAttempt(ctx, 'code', [id], address);
  if ('reason' in attempt) return attempt;
  const taken = await takeCode(ctx, ctx.store.db, { id, factor_sealed }, code);
  if (typeof taken === 'object') return taken;
  return taken ? attempt : refuse('invalid_credentials');
}

const begin = (
  ctx: Context,
  { id, password_hash }: AccountRow,
  clientInfo: ClientInfo,
  known: string | null,
): Promise<BegunSession | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    // Meanwhile the account may have been removed, or its password changed.
    const now = await lockAccount(tx, id);
    if (now?.password_hash !== password_hash) return refuse('invalid_credentials');
    const at = ctx.now();
    if (known !== null) await endSessionOf(tx, secretDigest(known), at);
    await noteSignIn(tx, id, at);
    return beginSession(tx, id, clientInfo, at);
  });

/**
 * Checks the password of somebody who is signed in once more. Wrong ones are counted as at the sign-in; the caller
 * forgets the attempt when everything else that it asks for was right too.
 */
export async function checkOwner(
  ctx: Context,
  account_id: string,
  password: string,
  clientInfo: ClientInfo,
): Promise<{ account: AccountRow; attempt: AdmittedAttempt } | Refusal> {
  const account = await findAccount(ctx.store.db, account_id);
  if (!account) return refuse('invalid_credentials');
  const attempt = await admitAttempt(ctx, 'password', [account_id], clientInfo.address);
  if ('reason' in attempt) return attempt;
  if (!(await isPassword(password, account.password_hash))) {
    return refuse('invalid_body_field', { field: 'password', detail: 'it is wrong' });
  }
  return { account, attempt };
}

/** Gives an account another password. All its sessions and links end; its owner gets a new session. */
export async function changePassword(
  ctx: Context,
  account_id: string,
  { password, new_password }: { password: string; new_password: string },
  clientInfo: ClientInfo,
): Promise<BegunSession | Refusal> {
  const owner = await checkOwner(ctx, account_id, password, clientInfo);
  if ('reason' in owner) return owner;
  const { account, attempt } = owner;
  await attempt.forget(account_id);
  const fault = passwordFault(new_password, account.email);
  if (fault) return refuse('invalid_body_field', { field: 'new_password', detail: fault });
  const hash = await hashPassword(new_password, await listPasswordHashes(ctx.store.db, account.email));
  return ctx.store.db.transaction(async (tx) => {
    const now = await lockAccount(tx, account_id);
    if (now?.password_hash !== account.password_hash) return refuse('invalid_credentials');
    await setPasswordHash(tx, account_id, hash);
    await removeLinks(tx, account_id);
    const at = ctx.now();
    const { distributor_id } = account;
    const actor = `account ${account_id}`;
    await noteChange(tx, { at, actor, action: 'account.password_changed', subject: account_id, distributor_id });
    return renewSession(tx, account_id, clientInfo, at);
  });
}
