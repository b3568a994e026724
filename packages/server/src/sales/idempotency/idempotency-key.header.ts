import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { fail } from '../../http/refusal-error.ts';
import type { ReceivedOrder } from '../check-order.ts';
import type { IdempotencyKey } from './idempotency.store.ts';

/** Visible ASCII, as a structured string in quotes (RFC 8941) or bare. */
const KEY = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/;

/** Reads the `Idempotency-Key` header with the digest of the order that came with it; null where there is none. */
export function idempotencyKeyOf(request: FastifyRequest, order: ReceivedOrder, life_s: number): IdempotencyKey | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  const match = typeof header === 'string' ? KEY.exec(header) : null;
  const key = match?.[1] ?? match?.[2];
  if (!key)
    fail('invalid_header', { field: 'Idempotency-Key', detail: '1 to 255 visible ASCII characters are needed' });
  return { key, request_sha256: orderDigest(order), life_s };
}

/** The same for two bodies that order the same thing, however they are written. */
function orderDigest({ offer_id, parameters, user_id, voucher_id, ...order }: ReceivedOrder): string {
  const { max_price, allow_repeat, check_network, park_until } = order;
  const { msisdn, simId } = (parameters ?? {}) as Record<string, unknown>;
  // Only text can lead to a sale; anything else is refused before the key is kept.
  const parts = [offer_id, msisdn, simId, user_id, voucher_id].map((v) => (typeof v === 'string' ? v : null));
  // What came later counts only where it is asked for: keys that earlier versions have kept stay what they are.
  const added = [
    ...(check_network ? ['check_network'] : []),
    ...(park_until ? [`park ${park_until.toISOString()}`] : []),
  ];
  return createHash('sha256')
    .update(JSON.stringify([...parts, max_price, allow_repeat, ...added]))
    .digest('hex');
}
