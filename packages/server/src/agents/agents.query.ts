import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import type { Caps, UsedCaps } from './caps.rules.ts';

/** An agent, its caps, and what it has used of them. */
export interface AgentRow extends Caps, UsedCaps {
  client_id: string;
  distributor_id: string;
  world: 'live' | 'sandbox';
  name: string;
  created_at: Date;
  revoked_at: Date | null;
}

/** Says in SQL that a preview `p` counts towards caps: it was confirmed, and not refused, then or later. */
export const COUNTS = `p.confirmed_at IS NOT NULL AND p.refusal IS NULL AND NOT EXISTS (
  SELECT FROM outcomes o
  WHERE o.distributor_id = p.distributor_id AND o.transaction_id = p.transaction_id AND o.status = 'ko')`;

const SELECT = `
SELECT a.*, d.world, c.name, c.created_at, c.revoked_at, used.*
FROM agents a
JOIN credentials c ON c.client_id = a.client_id
JOIN distributors d ON d.id = a.distributor_id
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE p.confirmed_at > now() - interval '1 hour') AS units_last_hour,
         count(*) AS units_last_day, coalesce(sum(p.price_minor), 0)::bigint AS amount_last_day_minor
  FROM sale_previews p
  WHERE p.client_id = a.client_id AND ${COUNTS} AND p.confirmed_at > now() - interval '1 day'
) used`;

/** Lists a page of the agents of these distributors, oldest first. */
export const listAgents = (on: Query, owners: readonly string[], { offset, limit }: Page): Promise<AgentRow[]> =>
  on.query(`${SELECT} WHERE a.distributor_id = ANY($1::uuid[]) ORDER BY c.created_at, a.client_id LIMIT $2 OFFSET $3`, [
    owners,
    limit,
    offset,
  ]);

/** Finds an agent of one of these distributors; null where there is none. */
export async function findAgent(on: Query, owners: readonly string[], client_id: string): Promise<AgentRow | null> {
  const [row] = await on.query<AgentRow>(`${SELECT} WHERE a.distributor_id = ANY($1::uuid[]) AND a.client_id = $2`, [
    owners,
    client_id,
  ]);
  return row ?? null;
}
