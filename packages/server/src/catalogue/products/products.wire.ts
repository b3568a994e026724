import { type Product, wireDate } from '@opentopup/contract';
import { amountOf } from '../../values/money.ts';
import type { ProductDetail } from './products.query.ts';

export function wireProduct(row: ProductDetail): Product {
  const { created_at, bonus_value_minor, supplier_reference, transaction_type, ...rest } = row;
  return {
    ...rest,
    transaction_type: transaction_type as Product['transaction_type'],
    bonus_value: amountOf(bonus_value_minor, row.currency),
    ...(supplier_reference !== null && { supplier_reference }),
    creation_date: wireDate(created_at),
  };
}
