import { type Refusal, refuse } from '@opentopup/contract';
import { lineText } from '../domain/line.ts';
import type { HoldRequest, IdempotencyKey } from '../store/hold.ts';
import { newId } from '../store/ids.ts';
import { callSupplier } from '../suppliers/call.ts';
import { checkOrder, type Order } from './check-order.ts';
import type { Flow } from './flow.ts';
import { recordOutcome } from './record-outcome.ts';
import { replayTopup } from './replay-topup.ts';
import { begun, settled, type Topup } from './topup.ts';

export type { IdempotencyKey };

export interface TopupRequest {
  distributor_id: string;
  order: Order;
  idempotency: IdempotencyKey | null;
}

/**
 * Sells one top-up: holds a unit, calls the supplier, settles the transaction.
 * No database transaction is open while the supplier is called.
 * @returns the transaction (ok, ko, or pending while its outcome is not known), or why nothing was done
 */
export async function createTopup(flow: Flow, request: TopupRequest): Promise<Topup | Refusal> {
  const { distributor_id, order, idempotency } = request;

  const earlier = idempotency && (await replayTopup(flow, distributor_id, idempotency));
  if (earlier) return earlier;

  const sale = await checkOrder(flow, distributor_id, order);
  if ('reason' in sale) return sale;
  const { offer, connector, line } = sale;

  const held: HoldRequest = {
    id: newId(),
    distributor_id,
    offer_id: offer.id,
    offer_version: offer.version,
    line: lineText(line),
    user_id: order.user_id,
    voucher_id: order.voucher_id,
    idempotency,
  };
  const hold = await flow.store.hold(held);
  if (hold.result === 'empty') return refuse('bucket_empty', { offer_id: offer.id });
  // Another request with the same key came first, between the look above and the hold.
  if (hold.result === 'known') return createTopup(flow, request);

  const recharge = { reference: held.id, line, product_id: offer.product.id };
  const outcome = await callSupplier(connector, recharge, flow.supplier_deadline_ms, flow.stopping);
  const written = await recordOutcome(flow, { distributor_id, transaction_id: held.id }, outcome);
  return { transaction: settled(begun(held, offer), written), replayed: false };
}
