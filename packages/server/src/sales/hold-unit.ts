import { type Refusal, refuse } from '@opentopup/contract';
import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import type { Context } from '../context.ts';
import type { DistributorRow } from '../distributors/distributors.query.ts';
import { type GuardedResult, type Guards, isGuarded } from './guards.store.ts';
import type { HoldRequest, HoldResult } from './hold.store.ts';

/**
 * Holds one unit for an order, as far as stock and the distributor's own guards allow.
 * @param allowRepeat leaves the repeat guard out
 */
export async function holdUnit(
  ctx: Context,
  distributor: DistributorRow,
  offer: CataloguedOffer,
  request: HoldRequest,
  allowRepeat: boolean,
): Promise<Exclude<HoldResult, { result: 'empty' }> | Refusal> {
  const guards = guardsOf(distributor, allowRepeat);
  const hold = isGuarded(guards) ? await ctx.store.holdGuarded({ request, guards }) : await ctx.store.hold(request);
  switch (hold.result) {
    case 'held':
    case 'known':
    case 'stale':
      return hold;
    default:
      return holdRefusal(hold.result, distributor, offer);
  }
}

/** Gives the guards that count for an order. */
export const guardsOf = (distributor: DistributorRow, allowRepeat: boolean): Guards => ({
  ...distributor,
  ...(allowRepeat && { repeat_guard_minutes: null }),
});

/** Says why no unit was held for an order. */
export function holdRefusal(
  result: Exclude<GuardedResult['result'], 'held' | 'known' | 'stale'>,
  distributor: DistributorRow,
  offer: CataloguedOffer,
): Refusal {
  switch (result) {
    case 'empty':
      return refuse('bucket_empty', { offer_id: offer.id });
    case 'line_limit':
      return refuse('line_limit_reached', { detail: String(distributor.line_units_per_day) });
    case 'user_limit':
      return refuse('user_limit_reached', { detail: String(distributor.user_units_per_hour) });
    case 'repeated':
      return refuse('recently_recharged', {
        offer_id: offer.id,
        product_id: offer.product.id,
        supplier_id: offer.supplier.id,
        distributor_id: distributor.id,
        supplier_message: `sold for this line less than ${distributor.repeat_guard_minutes} minutes ago, or still pending`,
      });
  }
}
