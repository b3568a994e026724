import { type ProductChange, type ProductCreation, type Refusal, refuse } from '@opentopup/contract';
import { type AuditNote, noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { difference } from '../../values/difference.ts';
import { isCurrency, minorOf } from '../../values/money.ts';
import { knownSuppliers } from '../suppliers/suppliers.query.ts';
import { findProduct, type ProductDetail } from './products.query.ts';
import { addProduct, lockProducts, type NewProduct, updateProducts } from './products.store.ts';

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

/** Describes a new product for the audit trail, as it was given. */
export function productCreated(
  { id: subject }: NewProduct,
  creation: ProductCreation,
  actor: string,
  at: Date,
): AuditNote {
  const { id: _, ...after } = creation;
  return { at, actor, action: 'product.created', subject, details: { after } };
}

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

/**
 * Returns a product as it is kept, or every reason why it cannot be.
 * @param suppliers the ids that there are
 */
export function checkProduct(creation: ProductCreation, suppliers: ReadonlySet<string>): NewProduct | Refusal[] {
  const { type, line_kind = null, currency, bonus_value = 0 } = creation;
  const supplier_id = creation.supplier_id.toLowerCase();
  const refusals: Refusal[] = [];
  const invalid = (field: string, detail: string): void => {
    refusals.push(refuse('invalid_body_field', { field, detail }));
  };

  if (!suppliers.has(supplier_id)) invalid('supplier_id', 'there is no such supplier');
  if (type === 'eSim' && line_kind !== null) invalid('line_kind', 'an eSIM has none');
  if (type !== 'eSim' && line_kind === null) invalid('line_kind', 'msisdn or simId is needed');
  const known = isCurrency(currency);
  if (!known) invalid('currency', 'there is no such currency');
  const bonus_value_minor = known ? minorOf(bonus_value, currency) : 0;
  if (bonus_value_minor === null) invalid('bonus_value', `it is not exact in ${currency}`);
  if (refusals.length > 0 || bonus_value_minor === null) return refusals;

  return {
    id: creation.id?.toLowerCase() ?? newId(),
    supplier_id,
    name: creation.name,
    type,
    transaction_type: creation.transaction_type,
    line_kind,
    status: creation.status ?? 'available',
    coverage_zone: creation.coverage_zone ?? [],
    tags: creation.tags ?? [],
    currency,
    bonus_value_minor,
    supplier_reference: creation.supplier_reference ?? null,
    metadata: creation.metadata ?? {},
  };
}
