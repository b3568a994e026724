import { type Refusal, refuse, type SupplierChange } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { difference } from '../../values/difference.ts';
import { checkConnectorUse } from './check-supplier.ts';
import { sealSecrets } from './seal-secrets.ts';
import type { SupplierDetail } from './supplier-details.query.ts';
import { lockSupplier, updateSupplier } from './suppliers.store.ts';

/** Changes a supplier, or what its connector is told. Sales that begin from now on are made so. */
export function changeSupplier(
  ctx: Context,
  id: string,
  { secrets, ...change }: SupplierChange,
  actor: string,
): Promise<SupplierDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockSupplier(tx, id);
    if (!before) return refuse('not_found', { detail: `supplier ${id} not found` });
    const secret_names = secrets ? Object.keys(secrets).toSorted() : before.secret_names;
    const after = { ...before, ...change, secret_names };
    if (secrets || 'connector' in change || 'settings' in change) {
      const refusal = checkConnectorUse(ctx.connectors, after);
      if (refusal) return refusal;
    }
    const sealing = secrets && sealSecrets(ctx, id, secrets);
    if (sealing && 'reason' in sealing) return sealing;

    const fields = difference(before, change);
    if (!fields && !sealing) return before;
    await updateSupplier(tx, after, sealing?.sealed ?? null);
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'supplier.changed',
      subject: id,
      details: {
        before: { ...fields?.before, ...(sealing && { secrets: before.secret_names }) },
        after: { ...fields?.after, ...(sealing && { secrets: secret_names }) },
      },
    });
    return after;
  });
}
