import { type DistributorCreation, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../store/audit.ts';
import { addDistributor } from '../store/distributors.ts';
import { newId } from '../store/ids.ts';
import { type DistributorDetail, findDistributorDetail } from '../store/queries/operator/distributors.ts';
import type { Flow } from './flow.ts';

/** Adds a distributor, without clients and offers. */
export function createDistributor(
  flow: Flow,
  creation: DistributorCreation,
  actor: string,
): Promise<DistributorDetail | Refusal> {
  const { name, world = 'live' } = creation;
  const id = creation.id?.toLowerCase() ?? newId();
  return flow.store.db.transaction(async (tx) => {
    if (!(await addDistributor(tx, { id, name, world }))) return refuse('id_taken', { field: 'id' });
    await noteChange(tx, {
      at: flow.now(),
      actor,
      action: 'distributor.created',
      subject: id,
      distributor_id: id,
      details: { after: { name, world } },
    });
    return (await findDistributorDetail(tx, id)) as DistributorDetail;
  });
}
