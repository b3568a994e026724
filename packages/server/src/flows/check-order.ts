import { isUuid, type Refusal, refuse } from '@opentopup/contract';
import { type Line, parseLine } from '../domain/line.ts';
import { amountOf } from '../domain/money.ts';
import type { DistributorRow } from '../store/queries/distributors.ts';
import { findOffer, type OfferRow } from '../store/queries/offers.ts';
import type { Connector } from '../suppliers/supplier.ts';
import type { Flow } from './flow.ts';
import { connectorOf } from './supplier-access.ts';

/** An order as it came: only the references and what we added are known to be of their types. */
export interface Order {
  offer_id: unknown;
  parameters: unknown;
  user_id: string | null;
  voucher_id: string | null;
  /** The most the distributor wants to be charged, in the offer's currency; null where it does not say. */
  max_price: number | null;
  /** Sells although the repeat guard would refuse. */
  allow_repeat: boolean;
}

/** An order that may be tried. */
export interface Sale {
  offer: OfferRow;
  connector: Connector;
  /** Null for an eSIM. */
  line: Line | null;
}

/** Everything that can refuse an order before a unit is held, in the order of the wire. */
export async function checkOrder(flow: Flow, shop: DistributorRow, order: Order): Promise<Sale | Refusal> {
  if (order.offer_id === undefined || order.offer_id === null) return refuse('missing_offer_id');
  if (!isUuid(order.offer_id)) return refuse('invalid_offer_id');
  const offer = await findOffer(flow.store.db, shop.id, order.offer_id);
  if (!offer) return refuse('invalid_offer_id');

  const { product } = offer;
  const details = { offer_id: offer.id, product_id: product.id, supplier_id: offer.supplier.id };
  const expired = offer.expires_at !== null && offer.expires_at <= flow.now();
  if (expired || product.status !== 'available') {
    return refuse('product_unavailable', { ...details, product_status: expired ? 'expired' : product.status });
  }
  // Stock is told before anything that is wrong with the rest of the order. The hold counts again, for good.
  if (offer.available === 0) return refuse('bucket_empty', details);

  const { parameters } = order;
  if (product.line_kind !== null) {
    if (parameters === undefined || parameters === null) return refuse('missing_parameters');
    if (!isFilledObject(parameters)) return refuse('empty_parameters');
  }

  const connector = offer.supplier.status === 'approved' && connectorOf(flow, shop.world, offer.supplier);
  if (!connector) return refuse('supplier_not_managed', details);

  const line = lineOfOrder(offer, parameters);
  if (line === 'malformed') return refuse('bad_parameter', details);
  if (line === null && !shop.has_key) return refuse('missing_key');
  if (line === null && !flow.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });

  const price = amountOf(offer.resell_value_minor, product.currency);
  // Both are the nearest number to what is meant, so the order of the two is right, to whatever digit they are written.
  if (order.max_price !== null && price > order.max_price) {
    return refuse('price_changed', { ...details, detail: String(price) });
  }
  return { offer, connector, line };
}

/** The line that an order for this offer names; null where the offer recharges none. */
export function lineOfOrder({ product, supplier }: OfferRow, parameters: unknown): Line | null | 'malformed' {
  if (product.line_kind === null) return null;
  if (!isFilledObject(parameters)) return 'malformed';
  const parsed = parseLine(product.line_kind, supplier.country, parameters);
  return parsed.ok ? parsed.line : 'malformed';
}

function isFilledObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
