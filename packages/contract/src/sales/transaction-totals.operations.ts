import Type from 'typebox';
import { READERS_AND_AGENTS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, ofDistributor, ofOperator } from '../operation-parts.ts';
import { TransactionFilters } from './transaction-filters.ts';
import { TransactionTotals } from './transaction-totals.ts';

const summary = 'What the transactions that the same filters let through add up to';
const answers = { 200: answer('The totals, by world, status and currency', TransactionTotals) };

/** What filtered sales come to. */
export const TOTALS_OPERATIONS = {
  getTransactionTotals: operation({
    id: 'getTransactionTotals',
    method: 'GET',
    path: '/v1/transactions/totals',
    tag: 'Transactions',
    summary,
    ...ofDistributor,
    roles: READERS_AND_AGENTS,
    query: TransactionFilters,
    answers,
  }),
} as const;

/** The same of any distributor's sales. */
export const OPERATOR_TOTALS_OPERATIONS = {
  totalTransactions: operation({
    id: 'totalTransactions',
    method: 'GET',
    path: '/admin/v1/transactions/totals',
    tag: 'All transactions',
    summary,
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ distributor: DistributorPage.properties.distributor, ...TransactionFilters.properties }),
    answers,
  }),
} as const;
