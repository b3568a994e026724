import type { Context } from '../../context.ts';
import { newClientSecret, secretDigest } from '../credentials/client-secret.ts';
import { hasOperatorAccount } from './accounts.query.ts';
import { linkOf } from './give-link.ts';
import { addFirstLink, removeFirstLinks } from './links.store.ts';

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
