import {
  type Account,
  type AccountLink,
  type AccountSession,
  permissionsOf,
  type SignedIn,
  type StaffLanguage,
  wireDate,
} from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { findDistributor, listWorlds } from '../../distributors/distributors.query.ts';
import { endOf, idleEndOf } from '../sessions/session-life.rules.ts';
import type { SessionEntry } from '../sessions/sessions.query.ts';
import { type AccountRow, findAccount } from './accounts.query.ts';
import { type GivenLink, sendLink } from './links.ts';

/** What is answered about accounts: each row as it goes on the wire. */

export const wireAccount = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  role: row.role,
  ...(row.distributor_id !== null && { distributor_id: row.distributor_id }),
  status: row.password_hash === null && !row.has_sign_on && !row.has_passkey ? 'invited' : 'active',
  has_password: row.password_hash !== null,
  second_factor: row.factor_sealed !== null,
  single_sign_on: row.has_sign_on,
  creation_date: wireDate(row.created_at),
  ...(row.signed_in_at && { last_sign_in_date: wireDate(row.signed_in_at) }),
});

/** Presents a link that was given. It goes to its owner by e-mail; whoever asked for it sees it only where that cannot be. */
export function answerLink(ctx: Context, given: GivenLink, language: StaffLanguage): AccountLink {
  const { account, link, expires_at } = given;
  return {
    account: wireAccount(account),
    ...(!sendLink(ctx, given, language) && { link }),
    link_expiration_date: wireDate(expires_at),
  };
}

export const wireSession = (row: SessionEntry, current: string): AccountSession => ({
  id: row.id,
  creation_date: wireDate(row.created_at),
  last_seen_date: wireDate(row.seen_at),
  expiration_date: wireDate(idleEndOf(row)),
  address: row.address,
  agent: row.agent,
  current: row.id === current,
});

/** Presents who is signed in with a session. */
export async function signedIn(
  db: Query,
  session: { id: string; account_id: string; created_at: Date },
): Promise<SignedIn> {
  const account = await findAccount(db, session.account_id);
  if (!account) throw new Error('a session has no account');
  const { distributor_id, distributor_name, role } = account;
  const worlds = distributor_id === null ? [] : await listWorlds(db, distributor_id);
  const isClosed = distributor_id !== null && ((await findDistributor(db, distributor_id))?.is_closed ?? false);
  const world = worlds.find(({ id }) => id === distributor_id)?.world;
  const sandbox_id = worlds.find(({ id }) => id !== distributor_id)?.id;
  return {
    ...wireAccount(account),
    ...(distributor_id !== null &&
      world && {
        distributor: {
          id: distributor_id,
          name: distributor_name ?? '',
          world,
          ...(sandbox_id && { sandbox_id }),
          ...(isClosed && { sales_closed: true }),
        },
      }),
    ...(account.sign_on_code !== null && { sign_on_code: account.sign_on_code }),
    permissions: permissionsOf(role),
    session_id: session.id,
    session_expiration_date: wireDate(endOf(session)),
  };
}
