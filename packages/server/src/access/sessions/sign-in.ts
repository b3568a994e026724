import { type Refusal, refuse, type SignIn } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { type AccountRow, listAccountsOf } from '../accounts/accounts.query.ts';
import { lockAccount, noteSignIn } from '../accounts/accounts.store.ts';
import { type Attempt, admitAttempt } from '../admit-attempt.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { type BegunSession, beginSession, type Visitor } from './begin-session.ts';
import { arePasswords } from './password.ts';
import { takeCode } from './second-factor.ts';
import { endSessionOf } from './sessions.store.ts';

/**
 * Begins a session for whoever knows the password, and has the second factor where there is one. Whether there is such
 * an account at all, or several with this address, neither the answer tells nor the time it takes. Where several have the
 * same password, the one used last is meant.
 * @param known the secret of the session that the browser had until now; that one ends
 */
export async function signIn(
  ctx: Context,
  { email: given, password, code }: SignIn,
  visitor: Visitor,
  known: string | null,
): Promise<BegunSession | Refusal> {
  const email = given.toLowerCase();
  const accounts = (await listAccountsOf(ctx.store.db, email)).filter(({ password_hash }) => password_hash !== null);
  const ids = accounts.length === 0 ? [email] : accounts.map(({ id }) => id);
  const attempt = await admitAttempt(ctx, 'password', ids, visitor.address);
  if ('reason' in attempt) return attempt;

  const open = accounts.filter(({ id }) => attempt.open.has(id));
  const right = await arePasswords(
    password,
    open.map(({ password_hash }) => password_hash ?? ''),
  );
  const account = open.find((_, i) => right[i]);
  if (!account) return refuse('invalid_credentials');
  if (account.distributor_status === 'suspended') {
    return refuse('access_denied', { detail: 'your distributor is suspended' });
  }
  const proof = await proveFactor(ctx, account, code, visitor);
  if (proof && 'reason' in proof) {
    await attempt.excuse(account.id);
    return proof;
  }
  const begun = await begin(ctx, account, visitor, known);
  await attempt.forget(account.id);
  await proof?.forget(account.id);
  return begun;
}

/** Takes the code of the second factor; null where there is none. */
async function proveFactor(
  ctx: Context,
  { id, factor_sealed }: AccountRow,
  code: string | undefined,
  { address }: Visitor,
): Promise<Attempt | Refusal | null> {
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
  visitor: Visitor,
  known: string | null,
): Promise<BegunSession | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    // Meanwhile the account may have been removed, or its password changed.
    const now = await lockAccount(tx, id);
    if (now?.password_hash !== password_hash) return refuse('invalid_credentials');
    const at = ctx.now();
    if (known !== null) await endSessionOf(tx, secretDigest(known), at);
    await noteSignIn(tx, id, at);
    return beginSession(tx, id, visitor, at);
  });
