import { type Promotion, type Refusal, refuse } from '@opentopup/contract';
import { askSupplier } from '../../connectors/call.ts';
import type { Context } from '../../context.ts';
import { openAccess } from './supplier-access.ts';
import { findSupplier } from './suppliers.query.ts';
import { wirePromotion } from './suppliers.wire.ts';

/** Asks a supplier what it adds to recharges for now. */
export async function readPromotions(ctx: Context, supplierId: string): Promise<Promotion[] | Refusal> {
  const supplier = await findSupplier(ctx.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const { listPromotions } = ctx.connectors.get(supplier.connector) ?? {};
  if (!listPromotions) return refuse('not_supported', { supplier_id: supplierId });
  const access = openAccess(ctx, supplier);
  if (!access) return refuse('supplier_silent', { supplier_id: supplierId });
  const ask = async (signal: AbortSignal): Promise<Promotion[]> =>
    (await listPromotions(access, signal)).map(wirePromotion);
  const told = await askSupplier(ask, ctx.supplier_deadline_ms, ctx.stopping);
  return Array.isArray(told) ? told : refuse('supplier_silent', { supplier_id: supplierId });
}
