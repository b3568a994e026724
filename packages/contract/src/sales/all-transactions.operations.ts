import Type from 'typebox';
import { SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, Id, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { SHEET_TYPES } from '../sheet-forms.ts';
import { AdminTransaction, ResolutionCreation, SupplierExchange } from './all-transactions.ts';
import { Count, TransactionFilters, TransactionPage } from './transaction-filters.ts';

/** The sales of all distributors. */
export const OPERATOR_TRANSACTION_OPERATIONS = {
  listTransactions: operation({
    id: 'listTransactions',
    method: 'GET',
    path: '/admin/v1/transactions',
    tag: 'All transactions',
    summary: 'The transactions of all distributors, newest first',
    description:
      'As CSV with `Accept: text/csv` (for Excel with `for=excel`), or as an Excel workbook with its media type: then all ' +
      'that the filters let through, unless a `limit` is given.',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({
      ...TransactionPage.properties,
      distributor: DistributorPage.properties.distributor,
      ...TransactionFilters.properties,
    }),
    answers: { 200: { ...list('A page of transactions', AdminTransaction)[200], also: SHEET_TYPES } },
  }),
  countTransactions: operation({
    id: 'countTransactions',
    method: 'GET',
    path: '/admin/v1/transactions/count',
    tag: 'All transactions',
    summary: 'How many transactions the same filters let through',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ distributor: DistributorPage.properties.distributor, ...TransactionFilters.properties }),
    answers: { 200: answer('The count', Count) },
  }),
  getTransaction: operation({
    id: 'getTransaction',
    method: 'GET',
    path: '/admin/v1/transactions/{id}',
    tag: 'All transactions',
    summary: 'One transaction of any distributor',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The transaction', AdminTransaction) },
  }),
  listExchanges: operation({
    id: 'listExchanges',
    method: 'GET',
    path: '/admin/v1/transactions/{id}/exchanges',
    tag: 'All transactions',
    summary: 'What was sent to the supplier for a transaction and what came back, call by call, oldest first',
    description:
      'Kept as well as it can be, some moments after the call and for `EVENTS_KEEP_DAYS`; without secrets, and without ' +
      'what installs or unlocks an eSIM. Whom a sale was for is forgotten here too. The simulator keeps only what is not ' +
      'a success at once.',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Page,
    answers: list('A page of exchanges', SupplierExchange),
  }),
  resolveTransaction: operation({
    id: 'resolveTransaction',
    method: 'POST',
    path: '/admin/v1/transactions/{id}/resolutions',
    tag: 'All transactions',
    summary: 'Decides about a pending transaction for which there is no proof',
    ...ofOperator,
    roles: SUPPORT,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.pending] } }),
    body: ResolutionCreation,
    bodyExample: { status: 'ok', justification: 'The customer has the credit; ticket 4711' },
    answers: { 201: answer('The transaction as it is now', AdminTransaction) },
    reasons: ['already_final', 'missing_profile'],
  }),
} as const;
