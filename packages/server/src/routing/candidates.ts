import type { Obstacle } from '@opentopup/contract';
import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import type { KnownRates } from '../catalogue/exchange.rules.ts';
import type { Candidate, RouteRow } from '../catalogue/offers/route.query.ts';
import { catalogueObstacle, costIn } from '../catalogue/offers/route.rules.ts';
import { connectorOf } from '../catalogue/suppliers/supplier-access.ts';
import type { LastBalance } from '../catalogue/suppliers/suppliers.query.ts';
import type { Context } from '../context.ts';
import { amountOf } from '../values/money.ts';
import { isShortOf } from './costs.rules.ts';
import type { RouteChoice } from './plan.rules.ts';

/** A product of a route, and how it stands now. */
export interface Standing extends RouteChoice {
  candidate: Candidate;
  /** Why it is passed over; null where it may be tried. */
  obstacle: Obstacle | null;
}

/** What of a transaction decides who may deliver it. */
export interface RoutedOffer {
  world: 'live' | 'sandbox';
  offer: Pick<CataloguedOffer, 'product' | 'resell_value_minor'>;
  route: RouteRow;
}

/** Tells how each product of a route stands now, as this process sees it. */
export async function readStandings(ctx: Context, sold: RoutedOffer): Promise<Standing[]> {
  const { catalogue } = ctx.store;
  // The unit is held: where these cannot be read, the order goes on without them.
  const money: Money = {
    rates: await catalogue.rates().catch((): Money['rates'] => new Map()),
    balances: await catalogue.balances().catch((): Money['balances'] => new Map()),
  };
  return sold.route.candidates.map((candidate) => standingOf(ctx, sold, candidate, money));
}

/** What is known of money. */
interface Money {
  rates: KnownRates;
  balances: ReadonlyMap<string, LastBalance>;
}

function standingOf(ctx: Context, sold: RoutedOffer, candidate: Candidate, money: Money): Standing {
  const { world, offer, route } = sold;
  const { id: product_id, currency } = offer.product;
  const cost = costIn(candidate, currency, money.rates, ctx.now());
  const brings = amountOf(offer.resell_value_minor, currency);
  const obstacle =
    catalogueObstacle({ product_id, brings }, route, candidate, cost) ??
    (connectorOf(ctx, world, candidate.supplier) ? null : 'no_connector') ??
    obstacleOfSupplier(ctx, sold, candidate, money);
  return { candidate, weight: candidate.weight, cost, obstacle };
}

/** What was seen of its supplier speaks against it. What is tried in the sandbox reaches no supplier. */
function obstacleOfSupplier(
  ctx: Context,
  { world }: RoutedOffer,
  candidate: Candidate,
  { rates, balances }: Money,
): Obstacle | null {
  if (world === 'sandbox') return null;
  const { product, supplier } = candidate;
  if ((ctx.soldOut.get(product.id) ?? 0) > ctx.now().getTime()) return 'out_of_stock';
  if (isShortOf(candidate, balances.get(supplier.id), rates, ctx.now())) return 'balance_too_low';
  return ctx.isolation.obstacle(supplier.id, supplier.max_concurrent);
}

/** For so long a product is not tried again whose supplier has none left. */
const SOLD_OUT_MS = 60_000;

/** Notes that a supplier has none left of a product. */
export function noteSoldOut({ soldOut, now }: Pick<Context, 'soldOut' | 'now'>, productId: string): void {
  const at = now().getTime();
  for (const [id, until] of soldOut) if (until <= at) soldOut.delete(id);
  soldOut.set(productId, at + SOLD_OUT_MS);
}
