import { type Refusal, refuse } from '@opentopup/contract';
import type { CataloguedOffer } from '../../catalogue/catalogue.cache.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { writeEvent } from '../../outbox/outbox.store.ts';
import { amountOf } from '../../values/money.ts';
import type { ReceivedOrder } from '../check-order.ts';
import type { HoldRequest } from '../hold.store.ts';
import { keepKeyOfParked } from '../idempotency/idempotency.store.ts';
import type { ParkedOrderRow } from './parked-orders.query.ts';
import { countParked, insertParkedOrder, lockBucket } from './parked-orders.store.ts';
import { asTransaction, offeredTo, type ParkedTopup } from './parked-topup.ts';
import { wireParkedNews } from './parking.wire.ts';

/** Most orders that wait for one offer. */
const MOST_PARKED = 10_000;

/**
 * Parks an order for which no unit was left. It holds nothing: it is counted, so that the next units are left to it.
 * @returns `again` where a unit has come meanwhile, or the order's key is known
 */
export async function parkOrder(
  ctx: Context,
  request: HoldRequest,
  order: ReceivedOrder & { park_until: Date },
  offer: CataloguedOffer,
): Promise<ParkedTopup | Refusal | 'again'> {
  const { idempotency } = request;
  const { clock_ahead_s = 0 } = (await ctx.store.catalogue.distributor(request.distributor_id)) ?? {};
  const parked: ParkedOrderRow = {
    distributor_id: request.distributor_id,
    id: newId(),
    offer_id: request.offer_id,
    offer_version: request.offer_version,
    // Later, it costs at most what its answer has told.
    max_price: order.max_price ?? amountOf(offer.resell_value_minor, offer.product.currency),
    line: request.line,
    user_id: request.user_id,
    voucher_id: request.voucher_id,
    allow_repeat: order.allow_repeat,
    check_network: order.check_network,
    notify: order.notify,
    key: idempotency?.key ?? null,
    // From its end on, by what the clock says then.
    key_life_s: idempotency && idempotency.life_s - clock_ahead_s,
    at: ctx.now(),
    park_until: order.park_until,
    status: 'waiting',
    ended_at: null,
    transaction_id: null,
    reason: null,
    details: null,
  };
  const offered = await offeredTo(ctx, parked);
  const { distributor_id, id, at } = parked;
  const result = await ctx.store.db.transaction(async (tx) => {
    // As a hold does it: the bucket, then the key.
    const bucket = await lockBucket(tx, parked);
    if (bucket.available > bucket.parked) return 'again';
    if (bucket.parked >= MOST_PARKED) return 'full';
    if (idempotency && !(await keepKeyOfParked(tx, parked, idempotency))) return 'again';
    await insertParkedOrder(tx, parked);
    await countParked(tx, parked, 1);
    const data = wireParkedNews(parked, offered);
    await writeEvent(tx, { distributor_id, kind: 'order.parked', subject_id: id, at, data });
    return 'parked';
  });
  if (result === 'full') return refuse('bucket_empty', { offer_id: offer.id });
  return result === 'again' ? 'again' : { parked, transaction: asTransaction(parked, offered) };
}
