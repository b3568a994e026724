import { type CredentialChange, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { difference } from '../../values/difference.ts';
import type { CredentialRow } from './credentials.query.ts';
import { lockCredential, updateCredential } from './credentials.store.ts';

/** Changes a client's name, or its rate limit: that one counts from the client's next token on. */
export function changeCredential(
  ctx: Context,
  client_id: string,
  change: CredentialChange,
  actor: string,
): Promise<CredentialRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockCredential(tx, client_id);
    if (!before) return refuse('not_found', { detail: `client ${client_id} not found` });
    const details = difference(before, change);
    const after = { ...before, ...change };
    if (details) {
      await updateCredential(tx, after);
      const subject = { subject: client_id, distributor_id: before.distributor_id };
      await noteChange(tx, { at: ctx.now(), actor, action: 'credential.changed', ...subject, details });
    }
    return after;
  });
}
