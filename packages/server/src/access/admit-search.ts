import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { maskedText } from '../values/mask.ts';
import { admitRequest } from './admit-attempt.ts';

/** How many lines somebody may look for in a quarter of an hour who is shown none. */
const SEARCHES = 20;

/**
 * Lets somebody look for a line who is shown lines masked. A support desk types the number that a customer tells it; whoever
 * tries the digits that are masked, one after the other, would find them out. So searches are few, and all in the audit trail.
 * @param written the line as it was typed
 */
export async function admitSearch(
  ctx: Context,
  who: { account_id: string; distributor_id: string | null; actor: string },
  written: string,
): Promise<Refusal | null> {
  const { account_id, distributor_id, actor } = who;
  const refusal = await admitRequest(ctx, ['searches of', account_id], SEARCHES);
  if (refusal) return refusal;
  const details = { after: { line: maskedText(written) } };
  await noteChange(ctx.store.db, {
    at: ctx.now(),
    actor,
    action: 'line.searched',
    subject: account_id,
    distributor_id,
    details,
  });
  return null;
}
