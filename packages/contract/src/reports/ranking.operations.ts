import { SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { list, ofOperator } from '../operation-parts.ts';
import { SHEET_TYPES } from '../sheet-forms.ts';
import { RankedSales, RankingQuery } from './ranking.ts';

/** Who and what has sold most. */
export const OPERATOR_RANKING_OPERATIONS = {
  rankSales: operation({
    id: 'rankSales',
    method: 'GET',
    path: '/admin/v1/sales-ranking',
    tag: 'All transactions',
    summary: 'Which distributors, offers or sellers have sold most, and what is left of it',
    description:
      'Each sale of the period is read. Sales count in the period in which they were ordered, whatever was reversed since. What ' +
      'is sold in two currencies has a row for each. As CSV with `Accept: text/csv` (for Excel with `for=excel`), or as an ' +
      'Excel workbook with its media type: then all of it, unless a `limit` is given.',
    ...ofOperator,
    roles: SUPPORT,
    query: RankingQuery,
    answers: { 200: { ...list('What was sold, the most first', RankedSales)[200], also: SHEET_TYPES } },
  }),
} as const;
