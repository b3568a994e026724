import { type Refusal, refuse, type SupplierCreation } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { checkConnectorUse } from './check-supplier.ts';
import { sealSecrets } from './seal-secrets.ts';
import { findSupplierDetail, type SupplierDetail } from './supplier-details.query.ts';
import { addSupplier, DEFAULT_CATALOGUE_RULE, DEFAULT_MAX_CONCURRENT } from './suppliers.store.ts';

/** Adds a supplier, without products. */
export async function createSupplier(
  ctx: Context,
  creation: SupplierCreation,
  actor: string,
): Promise<SupplierDetail | Refusal> {
  const { name, country, status = 'approved', connector = null, settings = {}, secrets = {} } = creation;
  const {
    deadline_ms = null,
    max_concurrent = DEFAULT_MAX_CONCURRENT,
    on_catalogue_change = DEFAULT_CATALOGUE_RULE,
    sim_check_digit = 'refuse',
  } = creation;
  const id = creation.id?.toLowerCase() ?? newId();
  const secret_names = Object.keys(secrets).toSorted();
  const refusal = checkConnectorUse(ctx.connectors, { connector, settings, secret_names });
  if (refusal) return refusal;
  const sealing = sealSecrets(ctx, id, secrets);
  if ('reason' in sealing) return sealing;

  return ctx.store.db.transaction(async (tx) => {
    const limits = { deadline_ms, max_concurrent, on_catalogue_change, sim_check_digit };
    const supplier = { name, country, status, connector, settings, ...limits };
    if (!(await addSupplier(tx, { ...supplier, id, secrets: sealing.sealed })))
      return refuse('id_taken', { field: 'id' });
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'supplier.created',
      subject: id,
      details: { after: { ...supplier, secrets: secret_names } },
    });
    return (await findSupplierDetail(tx, id)) as SupplierDetail;
  });
}
