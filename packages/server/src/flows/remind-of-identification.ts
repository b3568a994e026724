import { type Refusal, refuse } from '@opentopup/contract';
import { countReminder } from '../store/identifications.ts';
import { findIdentification, type IdentificationRow } from '../store/queries/identifications.ts';
import type { Flow } from './flow.ts';

/** Notes that the user of an eSIM was reminded to identify, and tells it as an event. */
export async function remindOfIdentification(
  flow: Flow,
  key: { distributor_id: string; transaction_id: string },
): Promise<IdentificationRow | Refusal> {
  const { db } = flow.store;
  const find = (): Promise<IdentificationRow | null> => findIdentification(db, key.distributor_id, key.transaction_id);
  if (!(await find())) return refuse('not_found', { detail: `identification ${key.transaction_id} not found` });
  if (!(await countReminder(db, key, flow.now()))) return refuse('already_identified');
  return (await find()) as IdentificationRow;
}
