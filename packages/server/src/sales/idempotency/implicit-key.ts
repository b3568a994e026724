import { createHash } from 'node:crypto';
import { isUuid } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { DistributorRow } from '../../distributors/distributors.query.ts';
import { lineText } from '../../values/line.ts';
import { type ReceivedOrder, readDeliverable } from '../check-order.ts';
import type { IdempotencyKey } from './idempotency.store.ts';

/**
 * Gives the key of an order that came without one, for a distributor that has asked for it: the same offer for the same
 * line and user_id is the same order while that is pending, and within its window from then on.
 * @returns null where the distributor has not asked for it, or the order names no line
 */
export async function implicitKey(
  ctx: Context,
  distributor: DistributorRow,
  order: ReceivedOrder,
): Promise<IdempotencyKey | null> {
  if (distributor.implicit_key_seconds === null || order.allow_repeat || !isUuid(order.offer_id)) return null;
  const offer = await ctx.store.catalogue.offer(distributor.id, order.offer_id.toLowerCase());
  const read = offer && readDeliverable(offer, order.parameters);
  if (!read || 'fault' in read || read.kind !== 'line') return null;
  const parts = JSON.stringify([offer.id, lineText(read.line), order.user_id]);
  const digest = createHash('sha256').update(parts).digest('hex');
  // No key of a header begins with a blank, so the two kinds never meet.
  return { key: ` ${digest}`, request_sha256: digest, life_s: distributor.implicit_key_seconds };
}
