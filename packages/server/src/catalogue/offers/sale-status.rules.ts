import type { Stopped } from '../suppliers/catalogue-change.rules.ts';

/** Tells whether an offer is sold: `available`, or the word for why it is not. */
export function saleStatus(
  { expires_at, stopped }: { expires_at: Date | null; stopped: Stopped },
  productStatus: string,
  now: Date,
): string {
  if (expires_at !== null && expires_at <= now) return 'expired';
  return productStatus === 'available' ? (stopped ?? 'available') : productStatus;
}
