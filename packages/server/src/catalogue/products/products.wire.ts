import { type Product, wireDate } from '@opentopup/contract';
import { amountOf, wireDenomination } from '../../values/money.ts';
import type { ProductDetail } from './products.query.ts';

export function wireProduct(row: ProductDetail): Product {
  const { created_at, bonus_value_minor, supplier_reference, transaction_type, ...others } = row;
  const { line_country, network_id, network_name, denomination_minor, denomination_currency, ...rest } = others;
  return {
    ...rest,
    ...(line_country !== null && { line_country }),
    ...(network_id !== null && network_name !== null && { network: { id: network_id, name: network_name } }),
    ...wireDenomination({ denomination_minor, denomination_currency }),
    transaction_type: transaction_type as Product['transaction_type'],
    bonus_value: amountOf(bonus_value_minor, row.currency),
    ...(supplier_reference !== null && { supplier_reference }),
    creation_date: wireDate(created_at),
  };
}
