import type { Refusal } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { endSessions } from '../sessions/sessions.store.ts';
import type { ProviderRow } from './providers.query.ts';

/**
 * Ends the sessions of somebody from whom the provider has taken the role. The account keeps its own: a password, where there is
 * one, still signs in.
 */
export async function loseRole(
  ctx: Context,
  { distributor_id }: ProviderRow,
  subject: string,
  refusal: Refusal,
): Promise<Refusal> {
  const at = ctx.now();
  await ctx.store.db.transaction(async (tx) => {
    const ended = await endSessions(tx, subject, at);
    if (ended === 0) return;
    const details = { reason: refusal.reason, ended };
    await noteChange(tx, {
      at,
      actor: `account ${subject}`,
      action: 'account.role_lost',
      subject,
      distributor_id,
      details,
    });
  });
  return refusal;
}
