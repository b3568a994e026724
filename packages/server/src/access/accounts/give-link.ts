import { type Language, LINK_PATH } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import type { Sending } from '../../notifiers/notifier.ts';
import { newClientSecret, secretDigest } from '../credentials/client-secret.ts';
import { accountMail, type LinkPurpose } from './account-mail.ts';
import type { AccountRow } from './accounts.query.ts';
import { addLink } from './links.store.ts';

const HOUR_MS = 3_600_000;
/** How long a link counts. */
const LIFE_MS: Record<LinkPurpose, number> = { invitation: 7 * 24 * HOUR_MS, reset: HOUR_MS };

/** What an account may be given a link for: to set its first password, or another one. */
const purposeOf = ({ password_hash }: AccountRow): LinkPurpose => (password_hash === null ? 'invitation' : 'reset');

/** Where an account of the operator's is. */
const OPERATOR = 'OpenTopup';

/** An account, and the link to set its password. */
export interface GivenLink {
  account: AccountRow;
  link: string;
  expires_at: Date;
}

/** Where a link leads. The secret stands behind the #, so that it never reaches a server's log on the way. */
export const linkOf = (ctx: Pick<Context, 'consoleUrl'>, secret: string): string =>
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
export function sendLink(ctx: Context, { account, link }: GivenLink, language: Language): boolean {
  const { email } = ctx.notifiers;
  if (!email) return false;
  const { subject, text } = accountMail(purposeOf(account), language, link, account.distributor_name ?? OPERATOR);
  const sending = email.send({ id: newId(), recipient: account.email, subject, body: text });
  ctx.background(sending.then((sent) => tellFailure(ctx, account, sent)));
  return true;
}

/** Nobody waits for the mail, so a person has to learn that it was not taken. */
function tellFailure(ctx: Context, { id }: AccountRow, sent: Sending): void {
  if (sent.result !== 'sent') ctx.alert('a link could not be sent', { account_id: id, cause: sent.cause });
}
