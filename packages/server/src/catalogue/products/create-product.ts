import { type ProductCreation, type Refusal, refuse } from '@opentopup/contract';
import { type AuditNote, noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { knownSuppliers } from '../suppliers/supplier-details.query.ts';
import { checkProduct } from './check-product.ts';
import { findProduct, type ProductDetail } from './products.query.ts';
import { addProduct, type NewProduct } from './products.store.ts';

/** Adds a product of a supplier. */
export function createProduct(
  ctx: Context,
  creation: ProductCreation,
  actor: string,
): Promise<ProductDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const product = checkProduct(creation, await knownSuppliers(tx, [creation.supplier_id]));
    if (Array.isArray(product)) return product[0] as Refusal;
    if (!(await addProduct(tx, product))) return refuse('id_taken', { field: 'id' });
    await noteChange(tx, productCreated(product, creation, actor, ctx.now()));
    return (await findProduct(tx, product.id)) as ProductDetail;
  });
}

/** A new product for the audit trail, as it was given. */
export function productCreated(
  { id: subject }: NewProduct,
  creation: ProductCreation,
  actor: string,
  at: Date,
): AuditNote {
  const { id: _, ...after } = creation;
  return { at, actor, action: 'product.created', subject, details: { after } };
}
