/** What an endpoint may be told. An endpoint that is tested is told `webhook.test` too, whatever it wants. */
export const EVENT_TYPES = [
  'transaction.completed',
  'transaction.failed',
  'transaction.pending',
  'transaction.resolved',
  'stock.low',
  'stock.depleted',
  'stock.recovered',
  'stock.granted',
  'stock.adjusted',
  'offer.changed',
  'identification.reminder',
  'supplier.down',
  'supplier.up',
  'ledger.mismatch',
  'webhook.paused',
  'webhook.test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
