import { type LinkUse, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import { openAccount } from '../admit-attempt.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { passwordFault } from '../sessions/password.rules.ts';
import { hashPassword } from '../sessions/password.ts';
import { endSessions } from '../sessions/sessions.store.ts';
import { type AccountRow, findAccount, findLink, listPasswordHashes } from './accounts.query.ts';
import { addAccount, lockAccount, setPasswordHash } from './accounts.store.ts';
import { lockLink, removeFirstLinks, removeLinks } from './links.store.ts';

/**
 * Sets a password with a one-time link: of an account that was invited or lost its own, or of the operator's first
 * account, which the link makes. All sessions and other links of the account end.
 */
export async function useLink(ctx: Context, use: LinkUse): Promise<AccountRow | Refusal> {
  const { db } = ctx.store;
  const secret = secretDigest(use.token);
  const link = await findLink(db, secret, ctx.now());
  if (!link) return refuse('invalid_link');
  const owner = link.account_id === null ? null : await findAccount(db, link.account_id);
  const email = owner?.email ?? use.email?.toLowerCase();
  if (email === undefined) return refuse('missing_body_field', { field: 'email' });
  const fault = passwordFault(use.password, email);
  if (fault) return refuse('invalid_body_field', { field: 'password', detail: fault });
  const hash = await hashPassword(use.password, await listPasswordHashes(db, email));

  const account = await db.transaction(async (tx) => {
    const at = ctx.now();
    // Of two who use it at the same moment, one is first.
    if (!(await lockLink(tx, secret, at))) return refuse('invalid_link');
    const id = link.account_id ?? (await addFirstAccount(tx, email, at));
    if (id === null) return refuse('email_taken');
    await removeLinks(tx, id);
    await setPasswordHash(tx, id, hash);
    await endSessions(tx, id, at);
    const now = (await lockAccount(tx, id)) as AccountRow;
    if (now.role === 'operator_admin') await removeFirstLinks(tx);
    const { distributor_id } = now;
    await noteChange(tx, { at, actor: `account ${id}`, action: 'account.password_set', subject: id, distributor_id });
    return now;
  });
  if (!('reason' in account)) await openAccount(ctx, account.id);
  return account;
}

/** The operator's first account; null where there is one with its address. */
async function addFirstAccount(tx: Query, email: string, at: Date): Promise<string | null> {
  const id = newId();
  const account = { id, email, distributor_id: null, role: 'operator_admin', password_hash: null, at } as const;
  return (await addAccount(tx, account)) ? id : null;
}
