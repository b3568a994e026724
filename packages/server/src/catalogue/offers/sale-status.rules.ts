import type { Stopped } from '../suppliers/catalogue-change.rules.ts';

/**
 * Tells whether an offer is sold: `available`, or the word for why it is not. Where several products may deliver it, nothing
 * is said by its own.
 */
export function saleStatus(
  { expires_at, stopped, route_id }: { expires_at: Date | null; stopped: Stopped; route_id: string | null },
  productStatus: string,
  now: Date,
): string {
  if (expires_at !== null && expires_at <= now) return 'expired';
  if (route_id !== null) return 'available';
  return productStatus === 'available' ? (stopped ?? 'available') : productStatus;
}
