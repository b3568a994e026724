import { isUuid, type Refusal, refuse } from '@opentopup/contract';
import { type Line, parseLine } from '../domain/line.ts';
import { findOffer, type OfferRow } from '../store/queries/offers.ts';
import type { Connector } from '../suppliers/supplier.ts';
import type { Flow } from './flow.ts';

/** An order as it came: only the references are known to be text. */
export interface Order {
  offer_id: unknown;
  parameters: unknown;
  user_id: string | null;
  voucher_id: string | null;
}

/** An order that may be tried. */
export interface Sale {
  offer: OfferRow;
  connector: Connector;
  line: Line;
}

/** Everything that can refuse an order before a unit is held, in the order of the wire. */
export async function checkOrder(flow: Flow, distributorId: string, order: Order): Promise<Sale | Refusal> {
  if (order.offer_id === undefined || order.offer_id === null) return refuse('missing_offer_id');
  if (!isUuid(order.offer_id)) return refuse('invalid_offer_id');
  const offer = await findOffer(flow.store.db, distributorId, order.offer_id);
  if (!offer) return refuse('invalid_offer_id');

  const details = { offer_id: offer.id, product_id: offer.product.id, supplier_id: offer.supplier.id };
  const expired = offer.expires_at !== null && offer.expires_at <= flow.now();
  if (expired || offer.product.status !== 'available') {
    return refuse('product_unavailable', { ...details, product_status: expired ? 'expired' : offer.product.status });
  }
  // Stock is told before anything that is wrong with the rest of the order. The hold counts again, for good.
  if (offer.available === 0) return refuse('bucket_empty', details);

  const { parameters } = order;
  if (parameters === undefined || parameters === null) return refuse('missing_parameters');
  if (!isFilledObject(parameters)) return refuse('empty_parameters');

  const connector = offer.supplier.status === 'approved' && flow.connectors.get(offer.supplier.connector ?? '');
  if (!connector) return refuse('supplier_not_managed', details);

  const parsed = parseLine(offer.product.line_kind, offer.supplier.country, parameters);
  if (!parsed.ok) return refuse('bad_parameter', details);
  return { offer, connector, line: parsed.line };
}

function isFilledObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
