import { addFirstLink, removeFirstLinks } from '../store/account-links.ts';
import { hasOperatorAccount } from '../store/queries/accounts.ts';
import { newClientSecret, secretDigest } from './client-secret.ts';
import type { Context } from './flow.ts';
import { linkOf } from './give-link.ts';

/**
 * A link that makes the operator's first account, as long as there is none; links from before end.
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
