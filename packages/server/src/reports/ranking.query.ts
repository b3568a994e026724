import type { RankingQuery } from '@opentopup/contract';
import type { Param, Query } from '../database/database.ts';
import { firstIdIn } from '../database/ids.ts';
import { ON_ONE_MACHINE } from '../database/shards.ts';
import type { Period } from './overview.rules.ts';
import { distributors, type Whose } from './overview-rows.query.ts';

/** What one of them has sold, in one currency. */
export interface RankedRow {
  id: string | null;
  name: string;
  distributor_id: string;
  distributor_name: string;
  currency: string;
  sold: number;
  value_minor: number;
  /** Of the sales whose cost is known: what they were sold at, in minor units, and what was charged, in major ones. */
  costed_minor: number;
  cost: number;
  without_cost: number;
}

const KEYS: Readonly<Record<RankingQuery['by'], { id: string; name: string }>> = {
  distributor: { id: 'd.id::text', name: 'd.name' },
  offer: { id: 'o.id::text', name: 'o.name' },
  seller: { id: 't.user_id', name: `coalesce(a.email, t.user_id, '')` },
};

/** Reads what was sold in a period, added up by one thing. */
export function readRanking(
  on: Pick<Query, 'query'>,
  by: RankingQuery['by'],
  whose: Whose,
  { from, before }: Period,
): Promise<RankedRow[]> {
  const params: Param[] = [from, before];
  const who = distributors(whose, params);
  const { id, name } = KEYS[by];
  const isCosted = 'r.cost IS NOT NULL AND r.cost_currency = p.currency';
  return on.query<RankedRow>(
    `${ON_ONE_MACHINE}SELECT ${id} AS id, ${name} AS name, d.id AS distributor_id, d.name AS distributor_name, p.currency,
            count(*) AS sold, sum(v.resell_value_minor)::bigint AS value_minor,
            coalesce(sum(v.resell_value_minor) FILTER (WHERE ${isCosted}), 0)::bigint AS costed_minor,
            coalesce(sum(r.cost) FILTER (WHERE ${isCosted}), 0)::float8 AS cost,
            count(*) FILTER (WHERE NOT (${isCosted})) AS without_cost
     FROM distributors d
     JOIN transactions t ON t.distributor_id = d.id
       AND t.id >= ${firstIdIn('$1::timestamptz')} AND t.id < ${firstIdIn('$2::timestamptz')}
     JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id AND r.status = 'ok'
     JOIN offer_versions v
       ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN products p ON p.id = o.product_id
     ${by === 'seller' ? 'LEFT JOIN accounts a ON a.id::text = t.user_id' : ''}
     WHERE ${who} GROUP BY 1, 2, 3, 4, 5`,
    params,
  );
}
