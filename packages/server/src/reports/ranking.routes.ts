import { OPERATOR_OPERATIONS, type RankedSales, type RankingQuery } from '@opentopup/contract';
import { type SheetColumn, writeSheet } from '@opentopup/sheets';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { sendSheet, sheetFormOf } from '../http/answer-sheet.ts';
import { DAY_MS, span } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import type { Period } from './overview.rules.ts';
import { readRanking } from './ranking.query.ts';
import { inRankOrder } from './ranking.rules.ts';
import { wireRanked } from './ranking.wire.ts';

/** How many stand on a page where the request does not say. */
const PAGE_SIZE = 100;
/** Each sale is read: so many days of them at once. */
const MOST_DAYS = 92;

const COLUMNS: readonly SheetColumn<RankedSales>[] = [
  { title: 'name', of: ({ name }) => name },
  { title: 'distributor_name', of: ({ distributor_name }) => distributor_name },
  { title: 'sold', of: ({ sold }) => sold },
  { title: 'value', of: ({ value }) => value.amount },
  { title: 'margin', of: ({ margin }) => margin?.amount },
  { title: 'currency', of: ({ value }) => value.currency },
  { title: 'without_cost', of: ({ without_cost }) => without_cost },
  { title: 'id', of: ({ id }) => id },
  { title: 'distributor_id', of: ({ distributor_id }) => distributor_id },
];

/** Reads of which period sales are ranked; of this month where it does not say. */
function rankedPeriodOf({ from, to }: RankingQuery, now: Date): Period {
  const before = to === undefined ? now : span(to, 'to').before;
  const begin =
    from === undefined ? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)) : span(from, 'from').from;
  if (begin > before) fail('invalid_query_parameter', { field: 'from', detail: 'it is not before to' });
  if (before.getTime() - begin.getTime() > MOST_DAYS * DAY_MS) {
    fail('invalid_query_parameter', { field: 'from', detail: `${MOST_DAYS} days are read at most` });
  }
  return { from: begin, before };
}

/** Serves who and what has sold most. */
export async function rankingRoute(app: FastifyInstance, { ctx, reports }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.rankSales, async ({ query }, request, reply) => {
    const { by, order = 'value', distributor, world = 'live', offset, limit, for: reader } = query;
    const form = sheetFormOf(request, reader, 'sales');
    const whose = distributor === undefined ? { world } : { distributor_id: distributor };
    const rows = await readRanking(reports, by, whose, rankedPeriodOf(query, ctx.now()));
    const ranked = inRankOrder(rows.map(wireRanked), order);
    if (!form) return ranked.slice(offset, offset + (limit ?? PAGE_SIZE));
    const all = ranked.slice(offset, limit === undefined ? undefined : offset + limit);
    return sendSheet(reply, writeSheet(all, COLUMNS, form), form, `sales-by-${by}`);
  });
}
