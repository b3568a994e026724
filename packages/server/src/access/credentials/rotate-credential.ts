import { type CredentialRotation, DEFAULT_OVERLAP_S, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { newClientSecret, secretDigest } from './client-secret.ts';
import { type CredentialWithSecret, isOf } from './create-credential.ts';
import { lockCredential, replaceSecret } from './credentials.store.ts';

/**
 * Gives a client a new secret. The one it had works on for a while; one from before that ends.
 * @param owners the distributors of one of which it must be; null: anybody's
 */
export function rotateCredential(
  ctx: Context,
  client_id: string,
  { overlap_s = DEFAULT_OVERLAP_S }: CredentialRotation,
  owners: readonly string[] | null,
  actor: string,
): Promise<CredentialWithSecret | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockCredential(tx, client_id);
    if (!before || !isOf(before, owners)) return refuse('not_found', { detail: `client ${client_id} not found` });
    if (before.revoked_at) return refuse('not_found', { detail: `client ${client_id} was revoked` });
    const at = ctx.now();
    const old_secret_until = overlap_s === 0 ? null : new Date(at.getTime() + overlap_s * 1_000);
    const client_secret = newClientSecret();
    await replaceSecret(tx, client_id, secretDigest(client_secret), at, old_secret_until);
    await noteChange(tx, {
      at,
      actor,
      action: 'credential.rotated',
      subject: client_id,
      distributor_id: before.distributor_id,
      details: { after: { old_secret_expiration_date: old_secret_until } },
    });
    return { credential: { ...before, rotated_at: at, old_secret_until }, client_secret };
  });
}
