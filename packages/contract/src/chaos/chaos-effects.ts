/** What may happen to an order of a program that is tried in a sandbox. */
export const ORDER_EFFECTS = [
  'delay',
  'cut_before',
  'cut_after',
  'too_many_requests',
  'service_unavailable',
  'slow',
  'bucket_empty',
  'supplier_down',
] as const;
export type OrderEffect = (typeof ORDER_EFFECTS)[number];

/** What may happen to an event on its way to an endpoint. */
export const EVENT_EFFECTS = ['webhook_late', 'webhook_twice'] as const;
export type EventEffect = (typeof EVENT_EFFECTS)[number];

/** The header by which one order meets an effect, and by which an answer says which one it has met. */
export const CHAOS_HEADER = 'X-Sandbox-Chaos';

/** How long chaos lasts at most, in minutes, and unless told; how long what is late takes unless told, in milliseconds. */
export const MOST_CHAOS_MINUTES = 24 * 60;
export const CHAOS_MINUTES = 60;
export const CHAOS_DELAY_MS = 3_000;
