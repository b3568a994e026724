import { type Refusal, refuse, type SignIn } from '@opentopup/contract';
import { lockAccount, noteSignIn } from '../store/accounts.ts';
import { findAccountByEmail } from '../store/queries/accounts.ts';
import { endSessionOf } from '../store/sessions.ts';
import { admitAttempt } from './admit-attempt.ts';
import { type BegunSession, beginSession, type Visitor } from './begin-session.ts';
import { secretDigest } from './client-secret.ts';
import type { Flow } from './flow.ts';
import { isPassword } from './password.ts';
import { takeCode } from './second-factor.ts';

/**
 * Begins a session for whoever knows the password, and has the second factor where there is one. Whether there is such
 * an account at all, neither the answer tells nor the time it takes.
 * @param known the secret of the session that the browser had until now; that one ends
 */
export async function signIn(
  flow: Flow,
  { email: given, password, code }: SignIn,
  visitor: Visitor,
  known: string | null,
): Promise<BegunSession | Refusal> {
  const { db } = flow.store;
  const email = given.toLowerCase();
  const attempt = await admitAttempt(flow, email, visitor.address);
  if ('reason' in attempt) return attempt;

  const account = await findAccountByEmail(db, email);
  const isRight = await isPassword(password, account?.password_hash ?? null);
  if (!account || !isRight) return refuse('invalid_credentials');
  const { id, factor_sealed } = account;
  if (account.distributor_status === 'suspended') {
    return refuse('access_denied', { detail: 'your distributor is suspended' });
  }
  if (factor_sealed !== null) {
    if (code === undefined) {
      await attempt.excuse();
      return refuse('code_needed');
    }
    const taken = await takeCode(flow, db, { id, factor_sealed }, code);
    if (typeof taken === 'object') return taken;
    if (!taken) return refuse('invalid_credentials');
  }

  const begun = await db.transaction(async (tx) => {
    // Meanwhile the account may have been removed, or its password changed.
    const now = await lockAccount(tx, id);
    if (now?.password_hash !== account.password_hash) return refuse('invalid_credentials');
    const at = flow.now();
    if (known !== null) await endSessionOf(tx, secretDigest(known), at);
    await noteSignIn(tx, id, at);
    return beginSession(tx, id, visitor, at);
  });
  await attempt.forget();
  return begun;
}
