/** The types of events that an endpoint may choose. One that is tested also gets `webhook.test`, whatever it chose. */
export const EVENT_TYPES = [
  'transaction.completed',
  'transaction.failed',
  'transaction.pending',
  'transaction.resolved',
  'transaction.reversed',
  'transaction.delivered_late',
  'order.parked',
  'order.sold',
  'order.refused',
  'order.cancelled',
  'reversal.requested',
  'reversal.declined',
  'refill.ordered',
  'refill.granted',
  'refill.declined',
  'refill.withdrawn',
  'preview.waiting',
  'stock.low',
  'stock.depleted',
  'stock.recovered',
  'stock.granted',
  'stock.adjusted',
  'statement.closed',
  'offer.changed',
  'identification.reminder',
  'supplier.down',
  'supplier.up',
  'ledger.mismatch',
  'webhook.paused',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The types of events for the operator alone: what suppliers charge is not for distributors to know. */
export const OPERATOR_EVENT_TYPES = [
  'supplier.price_changed',
  'supplier.product_withdrawn',
  'supplier.product_added',
  'supplier.cost_differs',
  'supplier.balance_low',
  'supplier.balance_recovered',
  'reconciliation.difference',
] as const;
export type OperatorEventType = (typeof OPERATOR_EVENT_TYPES)[number];
