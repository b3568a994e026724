import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { isOf } from './create-credential.ts';
import type { CredentialRow } from './credentials.query.ts';
import { lockCredential, updateCredential } from './credentials.store.ts';

/**
 * Closes a client for good: it gets no more tokens, and those it has end within seconds.
 * @param owners the distributors of one of which it must be; null: anybody's
 */
export function revokeCredential(
  ctx: Context,
  client_id: string,
  owners: readonly string[] | null,
  actor: string,
): Promise<CredentialRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockCredential(tx, client_id);
    if (!before || !isOf(before, owners)) return refuse('not_found', { detail: `client ${client_id} not found` });
    if (before.revoked_at) return before;
    const after = { ...before, revoked_at: ctx.now() };
    await updateCredential(tx, after);
    await noteChange(tx, {
      at: after.revoked_at,
      actor,
      action: 'credential.revoked',
      subject: client_id,
      distributor_id: before.distributor_id,
      details: { after: { revocation_date: after.revoked_at } },
    });
    return after;
  });
}
