import type { RankedSales } from '@opentopup/contract';
import { amountOf } from '../values/money.ts';
import type { RankedRow } from './ranking.query.ts';

export function wireRanked({ id, currency, value_minor, costed_minor, cost, ...row }: RankedRow): RankedSales {
  const { name, distributor_id, distributor_name, sold, without_cost } = row;
  // What suppliers charge may have more digits than the currency.
  const margin = Number((amountOf(costed_minor, currency) - cost).toFixed(6));
  return {
    ...(id !== null && { id }),
    name,
    distributor_id,
    distributor_name,
    sold,
    value: { amount: amountOf(value_minor, currency), currency },
    ...(without_cost < sold && { margin: { amount: margin, currency } }),
    without_cost,
  };
}
