import type { Language, Refusal } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { networkOf } from '../../values/network.ts';
import { admitRequest, isTooOften } from '../admit-attempt.ts';
import { listAccountsOf } from './accounts.query.ts';
import { giveLink, sendLink } from './give-link.ts';

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
  language: Language,
): Promise<Refusal | null> {
  const [email, network] = [given.toLowerCase(), networkOf(address)];
  const refusal =
    (await admitRequest(ctx, ['resets from', network], FROM_NETWORK)) ??
    (await admitRequest(ctx, ['resets of', email, 'from', network], OF_EMAIL_FROM_NETWORK));
  if (refusal) return refusal;
  if (ctx.notifiers.email) ctx.background(sendResets(ctx, email, language));
  return null;
}

async function sendResets(ctx: Context, email: string, language: Language): Promise<void> {
  const { db } = ctx.store;
  for (const account of (await listAccountsOf(db, email)).slice(0, ACCOUNTS)) {
    if (await isTooOften(ctx, ['reset mails to', account.id], MAILS_TO_ACCOUNT)) continue;
    sendLink(ctx, await giveLink(ctx, db, account, ctx.now()), language);
  }
}
