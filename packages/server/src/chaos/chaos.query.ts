import type { ChaosShares, EventEffect, OrderEffect, Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** The chaos that a client of a sandbox meets. */
export interface ChaosRow {
  client_id: string;
  distributor_id: string;
  effects: ChaosShares;
  delay_ms: number;
  seed: number;
  ends_at: Date;
  orders: number;
  events: number;
}

/** Something that chaos did. */
export interface ChaosEffectRow {
  distributor_id: string;
  id: string;
  at: Date;
  /** Null for an order of a person's. */
  client_id: string | null;
  effect: OrderEffect | EventEffect;
  cause: 'setting' | 'header';
  number: number | null;
  request_id: string | null;
  transaction_id: string | null;
  event_id: string | null;
}

/** Lists the chaos of a sandbox that has not ended. */
export const listChaos = (on: Pick<Query, 'query'>, distributorId: string, now: Date): Promise<ChaosRow[]> =>
  on.query('SELECT * FROM chaos WHERE distributor_id = $1 AND ends_at > $2 ORDER BY client_id', [distributorId, now]);

/** Lists the clients that meet chaos, and whose each is. */
export const listChaosClients = (
  on: Pick<Query, 'query'>,
  now: Date,
): Promise<Pick<ChaosRow, 'client_id' | 'distributor_id'>[]> =>
  on.query('SELECT client_id, distributor_id FROM chaos WHERE ends_at > $1', [now]);

/** Lists a page of what chaos did in a sandbox, newest first. */
export const listChaosEffects = (
  on: Pick<Query, 'query'>,
  distributorId: string,
  { offset, limit }: Page,
): Promise<ChaosEffectRow[]> =>
  on.query('SELECT * FROM chaos_effects WHERE distributor_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3', [
    distributorId,
    limit,
    offset,
  ]);
