import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import type { Candidate, RouteRow } from '../catalogue/offers/route.query.ts';
import { connectorOf, openAccess } from '../catalogue/suppliers/supplier-access.ts';
import type { Outcome } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../database/ids.ts';
import type { AttemptEnd, NextAttempt } from '../routing/attempts.store.ts';
import { noteSoldOut, readStandings } from '../routing/candidates.ts';
import { chooseNext, hasTime, mayGoOn } from '../routing/plan.rules.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import type { CheckedOrder } from './check-order.ts';
import { sendRecharge } from './send-recharge.ts';

/** What an order came to, and in which of its attempts. */
export interface Attempted {
  number: number;
  /** The offer as this attempt has tried to deliver it: with the product that it went to. */
  offer: CataloguedOffer;
  outcome: Outcome;
}

/** An attempt that has ended with proof that nothing was delivered. */
interface Failed extends Attempted {
  begun_at: Date;
  /** Nothing is written of it so far. */
  isImplied: boolean;
  outcome: Extract<Outcome, { outcome: 'ko' }>;
}

const NOBODY = {
  outcome: 'ko',
  reason: 'supplier_unavailable',
  message: 'never sent: no supplier of the route can deliver it now',
} as const;

/**
 * Tries to deliver an order that is held, by one product of its route after the other. The next one is tried only with
 * proof that the one before has delivered nothing, and only as long as nobody else has ended the order. Each attempt is
 * written before it is sent; but for the first, where it goes to the offer's own product.
 */
export async function followRoute(
  ctx: Context,
  key: TransactionKey,
  sale: CheckedOrder,
  route: RouteRow,
): Promise<Attempted> {
  const ordered_at = dateOf(key.transaction_id);
  const deadline_ms = Math.min(route.deadline_ms ?? Number.POSITIVE_INFINITY, ctx.supplier_deadline_ms);
  const until = new Date(ordered_at.getTime() + deadline_ms);
  const tried = new Set<string>();
  let last: Failed | null = null;
  for (;;) {
    const candidate = await chooseCandidate(ctx, sale, route, tried);
    if (!candidate || ctx.stopping.aborted || !hasTime(ctx.now().getTime(), until.getTime())) break;
    tried.add(candidate.product.id);
    const connector = connectorOf(ctx, sale.world, candidate.supplier);
    const access = openAccess(ctx, candidate.supplier, { transaction_id: key.transaction_id });
    if (!connector || !access) continue;

    const number: number = (last?.number ?? 0) + 1;
    const isImplied = number === 1 && candidate.product.id === sale.offer.product.id;
    const begun_at = isImplied ? ordered_at : ctx.now();
    if (!isImplied && !(await begin(ctx, { ...key, number, begun_at }, candidate, last))) break;
    const offer = offeredBy(sale.offer, route, candidate);
    const attempt = { ...key, number, begun_at, until };
    const outcome = await sendRecharge(ctx, attempt, { ...sale, offer }, { connector, access });
    if (outcome.outcome !== 'ko' || !mayGoOn(outcome)) return { number, offer, outcome };
    if (outcome.reason === 'supplier_out_of_stock' && sale.world === 'live') noteSoldOut(ctx, candidate.product.id);
    last = { number, offer, outcome, begun_at, isImplied };
  }
  return last ?? { number: 1, offer: sale.offer, outcome: NOBODY };
}

/** Chooses what is tried next, among what was not tried yet. */
async function chooseCandidate(
  ctx: Context,
  { world, offer }: CheckedOrder,
  route: RouteRow,
  tried: ReadonlySet<string>,
): Promise<Candidate | undefined> {
  const standings = await readStandings(ctx, { world, offer, route });
  const choices = standings.filter(({ candidate, obstacle }) => !obstacle && !tried.has(candidate.product.id));
  return chooseNext(route.strategy, choices, Math.random())?.candidate;
}

/** Writes an attempt that is about to be sent. Where that fails, it is not sent: then what was proven so far counts. */
async function begin(
  ctx: Context,
  attempt: Omit<NextAttempt, 'product_id' | 'after'>,
  { product }: Candidate,
  last: Failed | null,
): Promise<boolean> {
  const after = last && {
    attempt: { number: last.number, product_id: last.offer.product.id, begun_at: last.begun_at },
    supplier_id: last.offer.supplier.id,
    isImplied: last.isImplied,
    end: { reason: last.outcome.reason, message: last.outcome.message, at: ctx.now() } satisfies AttemptEnd,
  };
  try {
    return await ctx.store.beginAttempt({ ...attempt, product_id: product.id, after });
  } catch {
    ctx.alert('an attempt could not be written, and was not made', { transaction_id: attempt.transaction_id });
    return false;
  }
}

/**
 * Gives an offer as one product of its route delivers it. What it may cost is for the route to say, not for the rule of
 * its supplier.
 */
function offeredBy(
  offer: CataloguedOffer,
  { sell_below_cost }: RouteRow,
  { product, supplier, cost, cost_currency }: Candidate,
): CataloguedOffer {
  return {
    ...offer,
    product,
    supplier: { ...supplier, on_catalogue_change: sell_below_cost ? 'tell' : 'stop_at_loss' },
    cost,
    cost_currency,
  };
}
