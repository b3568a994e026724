import { type Refusal, refuse } from '@opentopup/contract';
import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import { doubtCatalogue } from '../catalogue/suppliers/read-catalogue.ts';
import type { PlayedOutage } from '../chaos/meet-chaos.ts';
import type { Context } from '../context.ts';
import { newQuickId } from '../database/ids.ts';
import type { DistributorRow } from '../distributors/distributors.query.ts';
import { clockOfKnown } from '../distributors/sandbox-clock.ts';
import { isSecret, lineDelivered } from '../values/deliverable.ts';
import { lineText } from '../values/line.ts';
import { checkNetwork } from './check-network.ts';
import { type CheckedOrder, checkOrder, type ReceivedOrder } from './check-order.ts';
import { askCustomerNotice } from './customers/notify-customer.store.ts';
import { deliver } from './deliver.ts';
import type { Attempted } from './follow-route.ts';
import type { HoldRequest } from './hold.store.ts';
import { holdUnit } from './hold-unit.ts';
import type { IdempotencyKey } from './idempotency/idempotency.store.ts';
import { implicitKey } from './idempotency/implicit-key.ts';
import { findReplay, replayTopup } from './idempotency/replay-topup.ts';
import { parkOrder } from './parking/park-order.ts';
import { recordOutcome } from './record-outcome.ts';
import type { OfAttempt } from './resolve-topup.ts';
import { pendingTransaction, type Topup, withOutcome } from './topup.ts';
import type { TransactionRow } from './transactions/transactions.query.ts';

export interface TopupRequest {
  distributor_id: string;
  order: ReceivedOrder;
  idempotency: IdempotencyKey | null;
  /** What is played to it in a sandbox; null: nothing. */
  played?: PlayedOutage | null;
}

/** How often an order is tried whose catalogue, or whose key, changes between the look at it and the hold. */
const MOST_TRIES = 50;

/**
 * Sells one top-up: holds a unit, calls the supplier, settles the transaction.
 * No database transaction is open while the supplier is called.
 * @returns the transaction (ok, ko, or pending while its outcome is not known), or why nothing was done
 */
export async function createTopup(ctx: Context, request: TopupRequest): Promise<Topup | Refusal> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const topup = await tryTopup(ctx, request);
    if (topup !== 'again') return topup;
  }
  return refuse('over_capacity');
}

/** Does what `createTopup` says; `again` where something has changed meanwhile, and nothing was held. */
async function tryTopup(ctx: Context, request: TopupRequest): Promise<Topup | Refusal | 'again'> {
  const { distributor_id, order } = request;
  const { catalogue } = ctx.store;
  // Before anything is read of the catalogue: what is read then is at least as new, or the hold finds it stale.
  const catalogue_version = await catalogue.version();
  const distributor = await catalogue.distributor(distributor_id);
  if (!distributor) throw new Error('a token names a distributor that does not exist');

  const idempotency = byClock(distributor, request.idempotency ?? (await implicitKey(ctx, distributor, order)));
  const replay = () => idempotency && findReplay(ctx, distributor_id, idempotency);
  const sale = await checkOrder(ctx, distributor, order);
  // What memory refuses may have been sold under the key before, or have changed meanwhile.
  if ('refusal' in sale) {
    const { refusal, seen } = sale;
    const known = await replay();
    if (known || seen === catalogue_version) return known ?? refusal;
    await catalogue.renew();
    return (await catalogue.version()) === catalogue_version ? refusal : 'again';
  }
  const { world, offer, deliverable } = sale;
  const line = lineDelivered(deliverable);

  const held: HoldRequest = {
    id: newQuickId(),
    distributor_id,
    offer_id: offer.id,
    offer_version: offer.version,
    line: line && lineText(line),
    user_id: order.user_id,
    voucher_id: order.voucher_id,
    idempotency,
    catalogue_version,
  };
  if (order.check_network) {
    const answer = (await replay()) ?? (await checkNetwork(ctx, distributor_id, sale));
    if (answer) return answer;
  }
  // What is tried in the sandbox reaches nobody: the number may well be a real customer's.
  if (order.notify && world === 'live') {
    const earlier = await replay();
    if (earlier) return earlier;
    await askCustomerNotice(ctx.store.db, { distributor_id, transaction_id: held.id, ...order.notify }, ctx.now());
  }
  const isEmptied = request.played === 'bucket_empty';
  const earlier = isEmptied ? await replay() : null;
  if (earlier) return earlier;
  // It finds out too whether the key is known.
  const hold = isEmptied
    ? refuse('bucket_empty', { offer_id: offer.id })
    : await holdUnit(ctx, distributor, offer, held, order.allow_repeat);
  if ('reason' in hold) {
    if (hold.reason === 'bucket_empty' && order.park_until && order.park_until > clockOfKnown(ctx, distributor)) {
      const parked = await parkOrder(ctx, held, { ...order, park_until: order.park_until }, offer);
      return typeof parked === 'object' && 'parked' in parked ? { ...parked, replayed: false } : parked;
    }
    // The stock is counted in the database; the distributor's guards are known from memory.
    return hold.reason !== 'bucket_empty' && (await catalogue.renew()) ? 'again' : hold;
  }
  if (hold.result === 'known') {
    if (!idempotency) throw new Error('an order without a key is told to have a known one');
    return replayTopup(ctx, distributor_id, idempotency, hold);
  }
  if (hold.result === 'stale') {
    await catalogue.renew();
    return 'again';
  }

  const sold = request.played === 'supplier_down' ? { ...sale, isSupplierDown: true } : sale;
  return { transaction: await sellHeld(ctx, held, sold), replayed: false };
}

/** Has an order delivered whose unit is held, and settles it. Gives the transaction as it stands then. */
export async function sellHeld(ctx: Context, held: HoldRequest, sale: CheckedOrder): Promise<TransactionRow> {
  const { distributor_id } = held;
  const { offer, deliverable } = sale;
  const key = { distributor_id, transaction_id: held.id };
  const attempted = await deliver(ctx, key, sale);
  const { outcome } = attempted;
  await doubtCatalogue(ctx, key, attempted.offer, outcome);
  const written = await recordOutcome(ctx, key, outcome, attemptOf(attempted, offer));
  const transaction = withOutcome(pendingTransaction(held, offer), written, attempted);
  // What an eSIM is, or what was handed over, was kept on the way.
  const isKept = isSecret(deliverable.kind) || (outcome.outcome === 'ok' && outcome.receipt !== undefined);
  const kept = isKept ? await ctx.store.transaction({ distributor_id, id: held.id }) : null;
  return kept ?? transaction;
}

/** Has a key end by the clock of its distributor. */
const byClock = ({ clock_ahead_s }: DistributorRow, key: IdempotencyKey | null): IdempotencyKey | null =>
  key && { ...key, life_s: key.life_s + clock_ahead_s };

/** Tells of which attempt an outcome is; nobody has begun another one. */
function attemptOf({ number, offer: { product } }: Attempted, offer: CataloguedOffer): OfAttempt {
  return { number, product_id: product.id === offer.product.id ? null : product.id, last: number };
}
