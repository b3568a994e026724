import {
  isUuid,
  type Language,
  type LineFault,
  PARK_DAYS,
  type Refusal,
  refuse,
  type World,
} from '@opentopup/contract';
import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import { saleStatus } from '../catalogue/offers/sale-status.rules.ts';
import { accessTo, connectorOf } from '../catalogue/suppliers/supplier-access.ts';
import type { Connector, SupplierAccess } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { DistributorRow } from '../distributors/distributors.query.ts';
import { clockOfKnown } from '../distributors/sandbox-clock.ts';
import { type Deliverable, deliveredBy, isSecret, lineDelivered } from '../values/deliverable.ts';
import { amountOf } from '../values/money.ts';
import { namesLine, readLine } from './read-line.ts';

/** An order as it came: only the references and what we added are known to be of their types. */
export interface ReceivedOrder {
  offer_id: unknown;
  parameters: unknown;
  user_id: string | null;
  voucher_id: string | null;
  /** The most the distributor wants to be charged, in the offer's currency; null where it does not say. */
  max_price: number | null;
  /** Sells although the repeat guard would refuse. */
  allow_repeat: boolean;
  /** Sells nothing where the number is certain to be in another network. */
  check_network: boolean;
  /** How long it waits where no unit is left; without it, not at all. */
  park_until?: Date | null;
  /** How the end customer is told what became of it; null: not by us. */
  notify: NotificationRequest | null;
}

/** How an end customer wants to be told. */
export interface NotificationRequest {
  email: string | null;
  sms: boolean;
  language: Language;
}

/** An order that may be tried. */
export interface CheckedOrder {
  world: World;
  offer: CataloguedOffer;
  deliverable: Deliverable;
  /** Who speaks to its supplier; null where it is chosen later, among the products of a route. */
  supplier: SpeaksToSupplier | null;
  /** In a sandbox: it is not sent, as if its supplier were out of order. */
  isSupplierDown?: boolean;
}

/** Who speaks to a supplier, and with what. */
export interface SpeaksToSupplier {
  connector: Connector;
  /** Opened before anything is held: with a wrong SEALING_KEY no order gets further. */
  access: SupplierAccess;
}

/** An order that memory refuses, and the catalogue's version that the database had meanwhile, where it was asked. */
export interface RefusedOrder {
  refusal: Refusal;
  seen: number | null;
}

const DAY_MS = 86_400_000;

/** Why nothing is sold after a restore: the keys of what was sold since the backup are lost, and it would be sold again. */
const CLOSED = 'sales are closed until what was sold since the backup is booked';

/** Checks everything that can refuse an order before a unit is held, in the order of the wire. */
export async function checkOrder(
  ctx: Context,
  distributor: DistributorRow,
  order: ReceivedOrder,
): Promise<CheckedOrder | RefusedOrder> {
  const refused = (refusal: Refusal, seen: number | null = null): RefusedOrder => ({ refusal, seen });
  if (distributor.is_closed) return refused(refuse('service_unavailable', { detail: CLOSED }));
  if (order.park_until && order.park_until.getTime() > clockOfKnown(ctx, distributor).getTime() + PARK_DAYS * DAY_MS) {
    const detail = `${PARK_DAYS} days ahead at most`;
    return refused(refuse('invalid_body_field', { field: 'park_until', detail }));
  }
  if (order.offer_id === undefined || order.offer_id === null) return refused(refuse('missing_offer_id'));
  if (!isUuid(order.offer_id)) return refused(refuse('invalid_offer_id'));
  const offer = await ctx.store.catalogue.offer(distributor.id, order.offer_id.toLowerCase());
  if (!offer) return refused(refuse('invalid_offer_id'));

  const { product } = offer;
  const product_status = saleStatus(offer, product.status, ctx.now());
  if (product_status !== 'available') {
    return refused(refuse('product_unavailable', { offer_id: offer.id, product_id: product.id, product_status }));
  }
  const sale = checkRest(ctx, distributor, order, offer);
  // Stock is told before anything that is wrong with the rest of the order. What is right is left to the hold.
  if (!('reason' in sale)) return sale;
  const stock = await ctx.store.available({ distributor_id: distributor.id, offer_id: offer.id });
  const refusal = stock?.available === 0 ? refuse('bucket_empty', { offer_id: offer.id }) : sale;
  return refused(refusal, stock?.catalogue_version);
}

/** Checks what can refuse an order of an offer that is on sale and in stock. */
function checkRest(
  ctx: Context,
  distributor: DistributorRow,
  order: ReceivedOrder,
  offer: CataloguedOffer,
): CheckedOrder | Refusal {
  const { product, supplier } = offer;
  const { parameters } = order;
  if (deliveredBy(product).kind === 'line') {
    if (parameters === undefined || parameters === null) return refuse('missing_parameters');
    if (!isFilledObject(parameters)) return refuse('empty_parameters');
  }
  const connector = supplier.status === 'approved' && connectorOf(ctx, distributor.world, supplier);
  if (!connector && !offer.route) return refuse('supplier_not_managed', { supplier_id: supplier.id });

  const deliverable = readDeliverable(offer, parameters);
  if ('fault' in deliverable) return refuse('bad_parameter', { offer_id: offer.id, line_fault: deliverable });
  const isReadable = distributor.has_public_key || distributor.esim_holder === 'server';
  if (isSecret(deliverable.kind) && !isReadable) return refuse('missing_key');
  if (isSecret(deliverable.kind) && !ctx.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });

  const price = amountOf(offer.resell_value_minor, product.currency);
  // Both are the nearest number to what is meant, so the order of the two is right, to whatever digit they are written.
  if (order.max_price !== null && price > order.max_price) {
    return refuse('price_changed', { offer_id: offer.id, detail: String(price) });
  }
  const refusal = checkNotify(ctx, order, deliverable);
  const speaks = connector && !offer.route ? { connector, access: accessTo(ctx, supplier) } : null;
  return refusal ?? { world: distributor.world, offer, deliverable, supplier: speaks };
}

/** Tells why the end customer could not be told as the order asks. */
function checkNotify({ notifiers }: Context, { notify }: ReceivedOrder, deliverable: Deliverable): Refusal | null {
  if (notify?.email && !notifiers.email) return refuse('not_configured', { detail: 'SMTP_URL' });
  if (!notify?.sms) return null;
  if (lineDelivered(deliverable)?.kind !== 'msisdn') {
    return refuse('invalid_body_field', { field: 'notify.sms', detail: 'this offer recharges no number' });
  }
  return notifiers.sms ? null : refuse('not_configured', { detail: 'SMS_URL' });
}

/** Reads what an order for this offer is to deliver, or what is wrong with the line that it names. */
export function readDeliverable({ product, supplier }: CataloguedOffer, parameters: unknown): Deliverable | LineFault {
  const delivered = deliveredBy(product);
  switch (delivered.kind) {
    case 'esim':
      return namesLine(parameters) ? { fault: 'line_not_taken' } : delivered;
    case 'line': {
      const rules = { ...supplier, country: product.line_country ?? supplier.country };
      const line = readLine(delivered.line_kind, rules, isFilledObject(parameters) ? parameters : {});
      return 'fault' in line ? line : { kind: 'line', line };
    }
  }
}

function isFilledObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
