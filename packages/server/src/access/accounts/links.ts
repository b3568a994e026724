import { LINK_PATH, type LinkUse, type Refusal, refuse, type StaffLanguage } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import type { Sending } from '../../notifiers/notifier.ts';
import { networkOf } from '../../values/network.ts';
import { admitRequest, isTooOften, openAccount } from '../admit-attempt.ts';
import { newClientSecret, secretDigest } from '../credentials/client-secret.ts';
import { passwordFault } from '../sessions/password.rules.ts';
import { hashPassword } from '../sessions/password.ts';
import { endSessions } from '../sessions/sessions.store.ts';
import { accountMail, type LinkPurpose } from './account-mail.ts';
import {
  type AccountRow,
  findAccount,
  findLink,
  hasOperatorAccount,
  listAccountsOf,
  listPasswordHashes,
} from './accounts.query.ts';
import {
  addAccount,
  addFirstLink,
  addLink,
  lockAccount,
  lockLink,
  removeFirstLinks,
  removeLinks,
  setPasswordHash,
} from './accounts.store.ts';

const HOUR_MS = 3_600_000;
/** How long a link counts. */
const LIFE_MS: Record<LinkPurpose, number> = { invitation: 7 * 24 * HOUR_MS, reset: HOUR_MS };

/** Tells what an account may be given a link for: to set its first password, or another one. */
const purposeOf = ({ password_hash }: AccountRow): LinkPurpose => (password_hash === null ? 'invitation' : 'reset');

/** Where an account of the operator's is. */
const OPERATOR = 'OpenTopup';

/** An account, and the link to set its password. */
export interface GivenLink {
  account: AccountRow;
  link: string;
  expires_at: Date;
}

/** Builds the address of a link. The secret stands behind the #, so that it never reaches a server's log on the way. */
const linkOf = (ctx: Pick<Context, 'consoleUrl'>, secret: string): string =>
  `${ctx.consoleUrl()}${LINK_PATH}#${secret}`;

/** Makes a one-time link with which an account's password is set, beside those that there are. */
export async function giveLink(ctx: Context, tx: Query, account: AccountRow, at: Date): Promise<GivenLink> {
  const secret = newClientSecret();
  const expires_at = new Date(at.getTime() + LIFE_MS[purposeOf(account)]);
  await addLink(tx, { account_id: account.id, secret_sha256: secretDigest(secret), at, expires_at });
  return { account, link: linkOf(ctx, secret), expires_at };
}

/**
 * Sends a link to the account's owner, after the answer.
 * @returns false where e-mail is not configured: then somebody else has to pass it on
 */
export function sendLink(ctx: Context, { account, link }: GivenLink, language: StaffLanguage): boolean {
  const { email } = ctx.notifiers;
  if (!email) return false;
  const { subject, text } = accountMail(purposeOf(account), language, link, account.distributor_name ?? OPERATOR);
  const sending = email.send({ id: newId(), recipient: account.email, subject, body: text });
  ctx.background(sending.then((sent) => tellFailure(ctx, account, sent)));
  return true;
}

/** Alerts the operator that a mail was not taken: nobody is waiting for it. */
function tellFailure(ctx: Context, { id }: AccountRow, sent: Sending): void {
  if (sent.result !== 'sent') ctx.alert('a link could not be sent', { account_id: id, cause: sent.cause });
}

const FROM_NETWORK = 20;
const OF_EMAIL_FROM_NETWORK = 3;
/** How many accounts of one address are sent links, and how often. Whoever asks more has them in the mail already. */
const ACCOUNTS = 5;
const MAILS_TO_ACCOUNT = 3;

/**
 * Sends the owner of an account a link to set a new password. Whether there is such an account, the answer does not tell:
 * it is given before anybody looks. Strangers may ask as well: so links that there are go on counting, and how often
 * strangers have asked is no reason to refuse the owner.
 */
export async function requestReset(
  ctx: Context,
  given: string,
  address: string,
  language: StaffLanguage,
): Promise<Refusal | null> {
  const [email, network] = [given.toLowerCase(), networkOf(address)];
  const refusal =
    (await admitRequest(ctx, ['resets from', network], FROM_NETWORK)) ??
    (await admitRequest(ctx, ['resets of', email, 'from', network], OF_EMAIL_FROM_NETWORK));
  if (refusal) return refusal;
  if (ctx.notifiers.email) ctx.background(sendResets(ctx, email, language));
  return null;
}

async function sendResets(ctx: Context, email: string, language: StaffLanguage): Promise<void> {
  const { db } = ctx.store;
  // Its provider signs it in; with a mailbox alone nobody gets another way.
  const isElsewhere = (account: AccountRow): boolean =>
    account.sign_on_only || (account.has_sign_on && account.password_hash === null);
  const accounts = (await listAccountsOf(db, email)).filter((account) => !isElsewhere(account));
  for (const account of accounts.slice(0, ACCOUNTS)) {
    if (await isTooOften(ctx, ['reset mails to', account.id], MAILS_TO_ACCOUNT)) continue;
    sendLink(ctx, await giveLink(ctx, db, account, ctx.now()), language);
  }
}

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

/** Adds the operator's first account; null where there is one with its address. */
async function addFirstAccount(tx: Query, email: string, at: Date): Promise<string | null> {
  const id = newId();
  const account = { id, email, distributor_id: null, role: 'operator_admin', password_hash: null, at } as const;
  return (await addAccount(tx, account)) ? id : null;
}

/**
 * Makes a link for the operator's first account, as long as there is none; earlier links end.
 * @param demoEmails addresses of accounts that are only there to be tried out
 */
export async function offerFirstAccount(ctx: Context, demoEmails: readonly string[]): Promise<string | null> {
  const secret = newClientSecret();
  return ctx.store.db.transaction(async (tx) => {
    await removeFirstLinks(tx);
    if (await hasOperatorAccount(tx, demoEmails)) return null;
    await addFirstLink(tx, { secret_sha256: secretDigest(secret), at: ctx.now() });
    return linkOf(ctx, secret);
  });
}
