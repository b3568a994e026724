import { type Refusal, refuse, type SupplierCreation } from '@opentopup/contract';
import { noteChange } from '../store/audit.ts';
import { newId } from '../store/ids.ts';
import { findSupplierDetail, type SupplierDetail } from '../store/queries/operator/suppliers.ts';
import { addSupplier } from '../store/suppliers.ts';
import { checkConnectorUse } from './check-supplier.ts';
import type { Flow } from './flow.ts';
import { sealSecrets } from './seal-secrets.ts';

/** Adds a supplier, without products. */
export async function createSupplier(
  flow: Flow,
  creation: SupplierCreation,
  actor: string,
): Promise<SupplierDetail | Refusal> {
  const { name, country, status = 'approved', connector = null, settings = {}, secrets = {} } = creation;
  const id = creation.id?.toLowerCase() ?? newId();
  const secret_names = Object.keys(secrets).toSorted();
  const refusal = checkConnectorUse(flow.connectors, { connector, settings, secret_names });
  if (refusal) return refusal;
  const sealing = sealSecrets(flow, id, secrets);
  if ('reason' in sealing) return sealing;

  return flow.store.db.transaction(async (tx) => {
    const supplier = { id, name, country, status, connector, settings };
    if (!(await addSupplier(tx, { ...supplier, secrets: sealing.sealed }))) return refuse('id_taken', { field: 'id' });
    await noteChange(tx, {
      at: flow.now(),
      actor,
      action: 'supplier.created',
      subject: id,
      details: { after: { name, country, status, connector, settings, secrets: secret_names } },
    });
    return (await findSupplierDetail(tx, id)) as SupplierDetail;
  });
}
