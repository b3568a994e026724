import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { type AccountRow, findAccount } from '../accounts/accounts.query.ts';
import { type Attempt, admitAttempt } from '../admit-attempt.ts';
import type { Visitor } from './begin-session.ts';
import { isPassword } from './password.ts';

/**
 * The account of somebody who is signed in and says its password once more. Wrong ones are counted as at the sign-in;
 * the caller forgets the attempt when all else that it asks for was right too.
 */
export async function checkOwner(
  ctx: Context,
  account_id: string,
  password: string,
  visitor: Visitor,
): Promise<{ account: AccountRow; attempt: Attempt } | Refusal> {
  const account = await findAccount(ctx.store.db, account_id);
  if (!account) return refuse('invalid_credentials');
  const attempt = await admitAttempt(ctx, 'password', [account_id], visitor.address);
  if ('reason' in attempt) return attempt;
  if (!(await isPassword(password, account.password_hash))) {
    return refuse('invalid_body_field', { field: 'password', detail: 'it is wrong' });
  }
  return { account, attempt };
}
