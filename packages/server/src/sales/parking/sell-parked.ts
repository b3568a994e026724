import type { Refusal } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { newQuickId } from '../../database/ids.ts';
import type { DistributorRow } from '../../distributors/distributors.query.ts';
import { clockOfKnown } from '../../distributors/sandbox-clock.ts';
import { writeEvent } from '../../outbox/outbox.store.ts';
import { checkNetwork } from '../check-network.ts';
import { type CheckedOrder, checkOrder, type ReceivedOrder } from '../check-order.ts';
import { sellHeld } from '../create-topup.ts';
import { askCustomerNotice } from '../customers/notify-customer.store.ts';
import { holdCounted, isGuarded } from '../guards.store.ts';
import { type HoldRequest, type HoldResult, holdUnits } from '../hold.store.ts';
import { guardsOf, holdRefusal } from '../hold-unit.ts';
import { endOverdue, endParked } from './end-parked.ts';
import type { ParkedOrderRow } from './parked-orders.query.ts';
import { countParked, lockFirstWaiting, markSold } from './parked-orders.store.ts';
import { offeredTo } from './parked-topup.ts';
import { wireParkedNews } from './parking.wire.ts';

/**
 * What came of the turn of an order. `next`: it has ended, or another one is first by now. `rest`: there is no unit for
 * it, or nothing can be sold just now; it goes on waiting.
 */
export type Turn = { result: 'sold'; delivery: Promise<unknown> } | { result: 'next' | 'rest' };

const NEXT = { result: 'next' } as const;
const REST = { result: 'rest' } as const;

/** What passes by itself: the order goes on waiting. */
const PASSING: readonly Refusal['reason'][] = [
  'bucket_empty',
  'service_unavailable',
  'over_capacity',
  'not_configured',
];

/**
 * Sells the parked order that is first in its queue: checked once more as a new one would be, held under an id that is made
 * at this moment, in the commit that ends its waiting.
 */
export async function sellParked(ctx: Context, parked: ParkedOrderRow): Promise<Turn> {
  if (parked.park_until <= ctx.now()) {
    await endOverdue(ctx, parked);
    return NEXT;
  }
  const { catalogue } = ctx.store;
  const version = await catalogue.version();
  const distributor = await catalogue.distributor(parked.distributor_id);
  if (!distributor) throw new Error('a parked order names a distributor that does not exist');
  const sale = await checkOrder(ctx, distributor, await orderedAgain(ctx, parked));
  if ('refusal' in sale) {
    // What memory refuses may have changed meanwhile.
    if (sale.seen !== version && (await catalogue.renew())) return NEXT;
    return refuseParked(ctx, parked, sale.refusal);
  }
  if (isInTheWay(ctx, sale)) return REST;
  const otherNetwork = parked.check_network && (await checkNetwork(ctx, parked.distributor_id, sale));
  if (otherNetwork) return refuseParked(ctx, parked, otherNetwork);

  const taken = await takeTurn(ctx, parked, sale, { distributor, catalogue_version: version });
  if (!taken) return NEXT;
  const { request, hold } = taken;
  switch (hold.result) {
    case 'held':
      return { result: 'sold', delivery: sellHeld(ctx, request, sale) };
    case 'stale':
      await catalogue.renew();
      return NEXT;
    case 'known':
      throw new Error('an order without a key is told to have a known one');
    case 'empty':
      return REST;
    default:
      return refuseParked(ctx, parked, holdRefusal(hold.result, distributor, sale.offer));
  }
}

/** Writes a parked order as it came. How it is told of was checked then. */
async function orderedAgain(ctx: Context, parked: ParkedOrderRow): Promise<ReceivedOrder> {
  const { line_kind } = await offeredTo(ctx, parked);
  const { offer_id, user_id, voucher_id, max_price, allow_repeat, check_network } = parked;
  const parameters = line_kind === null || parked.line === null ? undefined : { [line_kind]: parked.line };
  return { offer_id, parameters, user_id, voucher_id, max_price, allow_repeat, check_network, notify: null };
}

/** Tells whether its supplier had better not be called now. */
function isInTheWay(ctx: Context, { world, offer: { route, supplier } }: CheckedOrder): boolean {
  return world === 'live' && !route && ctx.isolation.obstacle(supplier.id, supplier.max_concurrent) !== null;
}

async function refuseParked(ctx: Context, parked: ParkedOrderRow, refusal: Refusal): Promise<Turn> {
  if (PASSING.includes(refusal.reason)) return REST;
  await endParked(ctx, parked, 'refused', refusal);
  return NEXT;
}

/** Holds a unit for an order and ends its waiting, in one commit; null where it does not wait, or is not the first. */
async function takeTurn(
  ctx: Context,
  parked: ParkedOrderRow,
  { world, offer }: CheckedOrder,
  { distributor, catalogue_version }: { distributor: DistributorRow; catalogue_version: number },
) {
  const offered = await offeredTo(ctx, parked);
  const guards = guardsOf(distributor, parked.allow_repeat);
  const { distributor_id, offer_id, line, user_id, voucher_id } = parked;
  const began_ms = performance.now();
  return ctx.store.db.transaction(async (tx) => {
    const first = await lockFirstWaiting(tx, parked);
    const at = ctx.now();
    if (first?.id !== parked.id || first.park_until <= clockOfKnown(ctx, distributor)) return null;
    const request: HoldRequest = {
      id: newQuickId(),
      distributor_id,
      offer_id,
      offer_version: offer.version,
      line,
      user_id,
      voucher_id,
      idempotency: null,
      catalogue_version,
      was_parked: true,
    };
    const hold = isGuarded(guards)
      ? await holdCounted(tx, { request, guards }, began_ms)
      : ((await holdUnits(tx, [request]))[0] as HoldResult);
    if (hold.result === 'held') {
      const sold = await markSold(tx, parked, request.id, at);
      await countParked(tx, parked, -1);
      const data = wireParkedNews(sold, offered);
      await writeEvent(tx, { distributor_id, kind: 'order.sold', subject_id: parked.id, at, data });
      if (first.notify && world === 'live') {
        await askCustomerNotice(tx, { distributor_id, transaction_id: request.id, ...first.notify }, at);
      }
    }
    return { request, hold };
  });
}
