import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { countReminder, noteIdentified } from './esims.store.ts';
import { findAnyIdentification, findIdentification, type IdentificationRow } from './identification.query.ts';
import { wireIdentification } from './identification.wire.ts';

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

/** Notes that the user of an eSIM was reminded to identify, and tells it as an event. */
export async function remindOfIdentification(ctx: Context, key: TransactionKey): Promise<IdentificationRow | Refusal> {
  const { distributor_id, transaction_id } = key;
  return ctx.store.db.transaction(async (tx) => {
    const find = (): Promise<IdentificationRow | null> => findIdentification(tx, distributor_id, transaction_id);
    if (!(await find())) return refuse('not_found', { detail: `identification ${transaction_id} not found` });
    const at = ctx.now();
    if (!(await countReminder(tx, key, at))) return refuse('already_identified');
    const reminded = (await find()) as IdentificationRow;
    const data = wireIdentification(reminded);
    await writeEvent(tx, { distributor_id, kind: 'identification.reminder', subject_id: transaction_id, at, data });
    return reminded;
  });
}
