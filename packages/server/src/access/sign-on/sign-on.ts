import { type Refusal, type Role, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import type { CheckedCall } from '../../http/checked-call.ts';
import { networkOf } from '../../values/network.ts';
import { findAccount } from '../accounts/accounts.query.ts';
import { addAccount, lockAccount, lockStaff, noteSignIn } from '../accounts/accounts.store.ts';
import { changeAccount, MOST_STAFF } from '../accounts/accounts.ts';
import { admitRequest } from '../admit-attempt.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { signOutSealedFor } from '../sessions/end-session.ts';
import { SIGN_ON_LIFE_MS } from '../sessions/session-life.rules.ts';
import type { SessionRow } from '../sessions/sessions.query.ts';
import { endSessionOf, setSignOut } from '../sessions/sessions.store.ts';
import { type BegunSession, beginSession, type ClientInfo } from '../sessions/sessions.ts';
import { askToSignIn, askWhoCame, type SignOnChecks, type Vouched } from './ask-provider.ts';
import { emailIn, roleIn } from './claims.rules.ts';
import { loseRole } from './lose-role.ts';
import {
  findAccountOf,
  findProvider,
  findProviderByCode,
  findProviderById,
  type ProviderRow,
} from './providers.query.ts';
import { addIdentity } from './providers.store.ts';

/** How often the people of one network may go to a provider, and come back, in a quarter of an hour. */
const FROM_NETWORK = 300;
/** How often somebody may begin to link the own account in that time. */
const LINKS_OF_ACCOUNT = 20;

/** A sign-in that was begun; the browser keeps it, sealed. */
interface BegunSignOn extends SignOnChecks {
  provider_id: string;
  /** The account that is to be linked; null: somebody signs in. */
  account_id: string | null;
  begun_ms: number;
}

const SEALED_FOR = 'sign-on';

const suspended = (): Refusal => refuse('access_denied', { detail: 'your distributor is suspended' });

/** Begins to sign in at the provider of a business. */
export async function beginSignOn(
  ctx: Context,
  call: CheckedCall,
  code: string,
  { address }: ClientInfo,
): Promise<{ url: string; kept: string } | Refusal> {
  const refusal = await admitRequest(ctx, ['sign-ons from', networkOf(address)], FROM_NETWORK);
  if (refusal) return refusal;
  const provider = await findProviderByCode(ctx.store.db, code);
  if (!provider) return refuse('not_found', { detail: 'no business has this code' });
  return begin(ctx, call, provider, null);
}

/** Begins to link the account of somebody who is signed in. */
export async function beginLink(
  ctx: Context,
  call: CheckedCall,
  { account_id, distributor_id }: SessionRow,
): Promise<{ url: string; kept: string } | Refusal> {
  const refusal = await admitRequest(ctx, ['sign-on links of', account_id], LINKS_OF_ACCOUNT);
  if (refusal) return refusal;
  const provider = await findProvider(ctx.store.db, distributor_id);
  if (!provider) return refuse('not_found', { detail: 'no sign-in provider is set' });
  return begin(ctx, call, provider, account_id);
}

async function begin(
  ctx: Context,
  call: CheckedCall,
  provider: ProviderRow,
  account_id: string | null,
): Promise<{ url: string; kept: string } | Refusal> {
  if (!ctx.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  if (provider.distributor_status === 'suspended') return suspended();
  const asked = await askToSignIn(ctx, provider, call);
  if ('reason' in asked) return asked;
  const begun: BegunSignOn = { ...asked.checks, provider_id: provider.id, account_id, begun_ms: ctx.now().getTime() };
  return { url: asked.url, kept: ctx.seal.close(JSON.stringify(begun), SEALED_FOR) };
}

/** Reads what the browser has kept; null where it is not ours, or its time is over. */
function readKept({ seal, now }: Context, kept: string | null): BegunSignOn | null {
  if (!seal || kept === null) return null;
  try {
    const begun = JSON.parse(seal.open(kept, SEALED_FOR)) as BegunSignOn;
    return now().getTime() - begun.begun_ms < SIGN_ON_LIFE_MS ? begun : null;
  } catch {
    return null;
  }
}

/** A browser that comes back from a provider. */
export interface ReturningBrowser {
  /** What it brings from there. */
  response: string;
  /** What it has kept of the beginning. */
  kept: string | null;
  /** The secret of its session, if it has one; that one ends where a new one begins. */
  known: string | null;
  /** That session, where it counts. */
  session: SessionRow | null;
  clientInfo: ClientInfo;
}

/**
 * Begins a session for whoever a provider vouches for, or links the account that was to be.
 * @returns null where an account was linked: its session goes on
 */
export async function completeSignOn(
  ctx: Context,
  call: CheckedCall,
  returning: ReturningBrowser,
): Promise<EnteredSession | null | Refusal> {
  const { response, kept, session, clientInfo } = returning;
  const refusal = await admitRequest(ctx, ['sign-ons back from', networkOf(clientInfo.address)], FROM_NETWORK);
  if (refusal) return refusal;
  const begun = readKept(ctx, kept);
  if (!begun || new URLSearchParams(response).get('state') !== begun.state) return refuse('sign_on_expired');
  const provider = await findProviderById(ctx.store.db, begun.provider_id);
  if (!provider) return refuse('sign_on_expired');
  if (provider.distributor_status === 'suspended') return suspended();
  if (begun.account_id !== null && begun.account_id !== session?.account_id) return refuse('sign_on_expired');
  const vouched = await askWhoCame(ctx, provider, call, response, begun);
  if ('reason' in vouched) return vouched;
  if (begun.account_id === null) return enter(ctx, provider, vouched, returning);
  return link(ctx, provider, vouched.subject, begun.account_id);
}

/** Links an account with who its owner is at the provider. */
const link = (ctx: Context, provider: ProviderRow, subject: string, account_id: string): Promise<null | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    if ((await findAccountOf(tx, provider, subject)) === account_id) return null;
    if (!(await addIdentity(tx, account_id, provider, subject))) return refuse('sign_on_linked');
    await noteChange(tx, {
      at: ctx.now(),
      actor: `account ${account_id}`,
      action: 'account.sign_on_linked',
      subject: account_id,
      distributor_id: provider.distributor_id,
      details: { after: { issuer: provider.issuer, subject } },
    });
    return null;
  });

/** A session that has begun by a provider. */
interface EnteredSession extends BegunSession {
  /** Where the provider gives another role than before: that one. */
  role_before?: Role;
}

/** Begins a session of the account that somebody has by now, in the role that the provider says. */
async function enter(
  ctx: Context,
  provider: ProviderRow,
  { subject, claims, signOutUrl }: Vouched,
  { known, clientInfo }: ReturningBrowser,
): Promise<EnteredSession | Refusal> {
  const role = roleIn(claims, provider.role_claim, provider.roles);
  const { db } = ctx.store;
  const found = await findAccountOf(db, provider, subject);
  if (role === null) {
    return found === null ? refuse('sign_on_no_role') : loseRole(ctx, provider, found, refuse('sign_on_role_lost'));
  }
  const account_id = found ?? (await makeAccount(ctx, provider, subject, { email: emailIn(claims), role }));
  if (typeof account_id === 'object') return account_id;
  const before = await findAccount(db, account_id);
  const changed = await changeAccount(ctx, account_id, { role }, provider.distributor_id, `account ${account_id}`);
  if ('reason' in changed) {
    return changed.reason === 'last_admin'
      ? loseRole(ctx, provider, account_id, refuse('sign_on_last_admin'))
      : changed;
  }
  return db.transaction(async (tx) => {
    if (!(await lockAccount(tx, account_id))) return refuse('sign_on_expired');
    const at = ctx.now();
    if (known !== null) await endSessionOf(tx, secretDigest(known), at);
    await noteSignIn(tx, account_id, at);
    const begun = await beginSession(tx, account_id, clientInfo, at);
    const sealed = signOutUrl === null ? undefined : ctx.seal?.close(signOutUrl, signOutSealedFor(begun.session.id));
    if (sealed !== undefined) await setSignOut(tx, begun.session.id, sealed);
    return before && before.role !== role ? { ...begun, role_before: before.role } : begun;
  });
}

/** Makes the account of somebody who comes for the first time. */
const makeAccount = (
  ctx: Context,
  provider: ProviderRow,
  subject: string,
  { email, role }: { email: string | null; role: Role },
): Promise<string | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    if (email === null) return refuse('sign_on_no_email');
    const { distributor_id } = provider;
    if (distributor_id !== null && (await lockStaff(tx, distributor_id)) >= MOST_STAFF) {
      return refuse('too_many_accounts', { detail: String(MOST_STAFF) });
    }
    return addVouched(tx, provider, subject, {
      id: newId(),
      email,
      distributor_id,
      role,
      password_hash: null,
      at: ctx.now(),
    });
  });

async function addVouched(
  tx: Query,
  provider: ProviderRow,
  subject: string,
  account: Parameters<typeof addAccount>[1],
): Promise<string | Refusal> {
  const { id, at, role, distributor_id } = account;
  if (!(await addAccount(tx, account))) {
    // It may have come twice at the same moment.
    return (await findAccountOf(tx, provider, subject)) ?? refuse('sign_on_not_linked');
  }
  await addIdentity(tx, id, provider, subject);
  const details = { after: { role, issuer: provider.issuer, subject } };
  await noteChange(tx, { at, actor: `account ${id}`, action: 'account.created', subject: id, distributor_id, details });
  return id;
}
