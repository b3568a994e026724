import type { Language, Refusal } from '@opentopup/contract';
import { networkOf } from '../domain/network.ts';
import { findAccountByEmail } from '../store/queries/accounts.ts';
import { admitRequest } from './admit-attempt.ts';
import type { Flow } from './flow.ts';
import { giveLink, sendLink } from './give-link.ts';

const FOR_ADDRESS = 20;
const FOR_EMAIL = 3;

/**
 * Sends the owner of an account a link to set a new password. Whether there is such an account, the answer does not tell:
 * it is given before anybody looks.
 */
export async function requestReset(
  flow: Flow,
  given: string,
  address: string,
  language: Language,
): Promise<Refusal | null> {
  const email = given.toLowerCase();
  const refusal =
    (await admitRequest(flow, ['resets from', networkOf(address)], FOR_ADDRESS)) ??
    (await admitRequest(flow, ['resets of', email], FOR_EMAIL));
  if (refusal) return refusal;
  if (flow.notifiers.email) flow.background(sendReset(flow, email, language));
  return null;
}

async function sendReset(flow: Flow, email: string, language: Language): Promise<void> {
  const { db } = flow.store;
  const account = await findAccountByEmail(db, email);
  if (account) sendLink(flow, await giveLink(flow, db, account, flow.now()), language);
}
