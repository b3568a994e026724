import { READERS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, ofDistributor, ofOperator } from '../operation-parts.ts';
import { SHEET_TYPES } from '../sheet-forms.ts';
import { OperatorOverviewQuery, Overview, OwnOverviewQuery } from './overview.ts';

/** What has to be known of the figures of an overview. */
const OVERVIEW_NOTE =
  'Orders are counted by the very statements that hold and settle them. Reasons, orders that took no unit and the times of suppliers are statistics: they come within seconds, and a process that is killed takes its last few seconds of them with it. One table of it is had as CSV with `Accept: text/csv` (for Excel with `for=excel`), or as an Excel workbook with its media type.';

/** How the sales of a distributor went. */
export const OVERVIEW_OPERATIONS = {
  getOverview: operation({
    id: 'getOverview',
    method: 'GET',
    path: '/v1/overview',
    tag: 'Transactions',
    summary: 'How your sales went, compared with the period before',
    description: OVERVIEW_NOTE,
    ...ofDistributor,
    roles: READERS,
    query: OwnOverviewQuery,
    answers: { 200: { ...answer('The overview', Overview), also: SHEET_TYPES } },
  }),
} as const;

/** How the sales of all distributors went. */
export const OPERATOR_OVERVIEW_OPERATIONS = {
  getOverviewOfAll: operation({
    id: 'getOverviewOfAll',
    method: 'GET',
    path: '/admin/v1/overview',
    tag: 'All transactions',
    summary: 'How the sales of all distributors went, or of one, compared with the period before',
    description: OVERVIEW_NOTE,
    ...ofOperator,
    roles: SUPPORT,
    query: OperatorOverviewQuery,
    answers: { 200: { ...answer('The overview', Overview), also: SHEET_TYPES } },
  }),
} as const;
