import { type ProductChange, type ProductCreation, type Refusal, refuse } from '@opentopup/contract';
import { type AuditNote, noteChange } from '../../audit/audit.store.ts';
import type { Connectors } from '../../connectors/registry.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { difference } from '../../values/difference.ts';
import { isCurrency, type KeptDenomination, minorOf } from '../../values/money.ts';
import { connectorsOf } from '../suppliers/suppliers.query.ts';
import { settingsFault } from './product-settings.ts';
import { findProduct, type ProductDetail } from './products.query.ts';
import { addProduct, lockProducts, type NewProduct, updateProducts } from './products.store.ts';

/** Adds a product of a supplier. */
export function createProduct(
  ctx: Context,
  creation: ProductCreation,
  actor: string,
): Promise<ProductDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const supplierIds = [creation.supplier_id.toLowerCase()];
    const product = checkProduct(ctx.connectors, creation, await connectorsOf(tx, supplierIds));
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
    const { network, ...rest } = change;
    const kept = { ...rest, ...networkKept(network) };
    const details = difference(before, kept);
    const after = { ...before, ...kept };
    const connector = (await connectorsOf(tx, [before.supplier_id])).get(before.supplier_id) ?? null;
    const fault = change.settings && settingsFault(ctx.connectors.get(connector), after);
    if (fault) return fault;
    if (details) {
      await updateProducts(tx, [after]);
      await noteChange(tx, { at: ctx.now(), actor, action: 'product.changed', subject: id, details });
    }
    return after;
  });
}

/** Returns a network as it is kept; nothing where it is not given. */
export const networkKept = (network: ProductChange['network']): Partial<ProductDetail> =>
  network === undefined ? {} : { network_id: network?.id ?? null, network_name: network?.name ?? null };

/** Returns what a line gets as it is kept; null where it is not exact. */
function denominationKept({ denomination }: ProductCreation): KeptDenomination | null {
  if (!denomination) return { denomination_minor: null, denomination_currency: null };
  const { amount, currency } = denomination;
  const denomination_minor = isCurrency(currency) ? minorOf(amount, currency) : null;
  return denomination_minor === null ? null : { denomination_minor, denomination_currency: currency };
}

/**
 * Returns a product as it is kept, or every reason why it cannot be.
 * @param suppliers the connectors of those that there are, by their ids
 */
export function checkProduct(
  connectors: Pick<Connectors, 'get'>,
  creation: ProductCreation,
  suppliers: ReadonlyMap<string, string | null>,
): NewProduct | Refusal[] {
  const { type, line_kind = null, currency, bonus_value = 0, settings = {} } = creation;
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
  const denomination = denominationKept(creation);
  if (!denomination) invalid('denomination', 'it is not exact in a currency that there is');
  if (refusals.length > 0 || bonus_value_minor === null || !denomination) return refusals;
  const connector = connectors.get(suppliers.get(supplier_id) ?? null);
  const fault = settingsFault(connector, { currency, bonus_value_minor, settings, ...denomination });
  if (fault) return [fault];

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
    settings,
    line_country: creation.line_country ?? null,
    ...networkKept(creation.network ?? null),
    ...denomination,
  };
}
