import { type ProductChange, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { difference } from '../../values/difference.ts';
import type { ProductDetail } from './products.query.ts';
import { lockProducts, updateProducts } from './products.store.ts';

/** Changes a product, or withdraws it: no sale begins then any more. */
export function changeProduct(
  ctx: Context,
  id: string,
  change: ProductChange,
  actor: string,
): Promise<ProductDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const [before] = await lockProducts(tx, [id]);
    if (!before) return refuse('not_found', { detail: `product ${id} not found` });
    const details = difference(before, change);
    const after = { ...before, ...change };
    if (details) {
      await updateProducts(tx, [after]);
      await noteChange(tx, { at: ctx.now(), actor, action: 'product.changed', subject: id, details });
    }
    return after;
  });
}
