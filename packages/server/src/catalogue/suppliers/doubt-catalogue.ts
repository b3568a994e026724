import type { Outcome } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import { amountOf } from '../../values/money.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import type { CataloguedOffer } from '../catalogue.cache.ts';

/** Has the catalogue of a supplier read again soon, where a sale says that it has changed. */
export function doubtCatalogue(ctx: Context, key: TransactionKey, offer: CataloguedOffer, outcome: Outcome): void {
  const { doubts } = ctx;
  const { id } = offer.supplier;
  if (outcome.outcome === 'ko' && outcome.is_catalogue_stale && !doubts.has(id)) doubts.set(id, null);
  if (outcome.outcome !== 'ok' || !outcome.cost || doubts.get(id)) return;
  const { amount: cost, currency } = outcome.cost;
  const resell_value = amountOf(offer.resell_value_minor, offer.product.currency);
  const isExpected = offer.cost === null ? cost <= resell_value : cost === offer.cost;
  if (isExpected && currency === offer.product.currency) return;
  doubts.set(id, {
    supplier_id: id,
    ...key,
    offer_id: offer.id,
    cost,
    currency,
    ...(offer.cost !== null && { expected_cost: offer.cost }),
    resell_value,
  });
  const { distributor_id, transaction_id } = key;
  ctx.alert('a supplier has charged something else for a sale than its catalogue says', {
    supplier_id: id,
    distributor_id,
    transaction_id,
    offer_id: offer.id,
    cost: `${cost} ${currency}`,
  });
}
