import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { findAnyIdentification, type IdentificationRow } from './identification.query.ts';
import { noteIdentified } from './identification.store.ts';

/**
 * Notes that the user of an eSIM was identified; a second time changes nothing.
 * @param actor who says so
 */
export async function confirmIdentification(
  ctx: Context,
  transaction_id: string,
  actor: string,
): Promise<IdentificationRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const found = await findAnyIdentification(tx, transaction_id);
    if (!found) return refuse('not_found', { detail: `identification ${transaction_id} not found` });
    const { distributor_id } = found;
    const at = ctx.now();
    if (await noteIdentified(tx, { distributor_id, transaction_id }, at)) {
      await noteChange(tx, {
        at,
        actor,
        action: 'identification.confirmed',
        subject: transaction_id,
        distributor_id,
      });
    }
    return (await findAnyIdentification(tx, transaction_id)) as IdentificationRow;
  });
}
