import { type Chaos, type ChaosEffect, wireDate } from '@opentopup/contract';
import type { ChaosEffectRow, ChaosRow } from './chaos.query.ts';

export const wireChaos = ({ client_id, effects, delay_ms, seed, ends_at, orders, events }: ChaosRow): Chaos => ({
  client_id,
  effects,
  delay_ms,
  seed,
  end_date: wireDate(ends_at),
  orders,
  events,
});

export const wireChaosEffect = (row: ChaosEffectRow): ChaosEffect => ({
  id: row.id,
  date: wireDate(row.at),
  effect: row.effect,
  cause: row.cause,
  ...(row.client_id !== null && { client_id: row.client_id }),
  ...(row.number !== null && { number: row.number }),
  ...(row.request_id !== null && { request_id: row.request_id }),
  ...(row.transaction_id !== null && { transaction_id: row.transaction_id }),
  ...(row.event_id !== null && { event_id: row.event_id }),
});
