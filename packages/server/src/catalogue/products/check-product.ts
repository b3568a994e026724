import { type ProductCreation, type Refusal, refuse } from '@opentopup/contract';
import { newId } from '../../database/ids.ts';
import { isCurrency, minorOf } from '../../values/money.ts';
import type { NewProduct } from './products.store.ts';

/**
 * A product as it is kept, or all that keeps it from being so.
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
