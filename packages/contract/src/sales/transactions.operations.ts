import Type from 'typebox';
import { READERS_AND_AGENTS, SELLERS } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofWire } from '../operation-parts.ts';
import { SUPPLIER_REASONS } from '../reasons.ts';
import { SHEET_TYPES } from '../sheet-forms.ts';
import { Count, TransactionFilters, TransactionPage } from './transaction-filters.ts';
import { DistributorTransaction, TransactionCreation } from './transactions.ts';

/** Selling, and what became of each sale. */
export const WIRE_TRANSACTION_OPERATIONS = {
  createTransaction: operation({
    id: 'createTransaction',
    method: 'POST',
    path: '/distributors/transactions',
    tag: 'Transactions',
    summary: 'Sells a top-up or an eSIM',
    description:
      'Checks the stock of the offer, recharges the line at the supplier, takes one unit and confirms; or changes ' +
      'nothing and says why. `201` with `pending` means that nobody knows yet: the unit stays held, and ordering again ' +
      'would be a second sale. `201` with `created` comes only where the order asks to be parked (`on_empty`). Send an `Idempotency-Key` (1 to 255 visible ASCII characters, new for each order) to make ' +
      'repeating a request safe.',
    ...ofWire,
    roles: SELLERS,
    customer: 'buys',
    headers: Type.Object({
      'Idempotency-Key': Type.Optional(
        Type.String({ maxLength: 257, description: 'Added: the same key and body get the first answer again' }),
      ),
    }),
    body: TransactionCreation,
    bodyExample: { offer_id: EXAMPLE_IDS.offer, user_id: 'till 7', parameters: { msisdn: '+33684587587' } },
    answers: {
      201: answer('Sold (`ok`), not yet known (`pending`), or parked (`created`)', DistributorTransaction),
    },
    reasons: [
      'invalid_json',
      'missing_offer_id',
      'invalid_offer_id',
      'product_unavailable',
      'bucket_empty',
      'missing_parameters',
      'empty_parameters',
      'supplier_not_managed',
      'bad_parameter',
      ...SUPPLIER_REASONS,
      'price_changed',
      'wrong_network',
      'line_limit_reached',
      'user_limit_reached',
      'order_cancelled',
      'missing_key',
      'not_configured',
      'idempotency_conflict',
      'idempotency_in_progress',
    ],
  }),
  getDistributorTransactionList: operation({
    id: 'getDistributorTransactionList',
    method: 'GET',
    path: '/distributors/transactions',
    tag: 'Transactions',
    summary: 'Your transactions, newest first',
    description:
      'As CSV with `Accept: text/csv` (for Excel with `for=excel`), or as an Excel workbook with its media type: then all ' +
      'that the filters let through, unless a `limit` is given. ' +
      'Of an eSIM, what installs or unlocks it is not in the list, but with the one transaction. ' +
      'The header `Link` with `rel="next"` leads to the next page at the same cost however deep it is.',
    ...ofWire,
    roles: READERS_AND_AGENTS,
    query: Type.Object({
      ...TransactionPage.properties,
      ...TransactionFilters.properties,
    }),
    answers: {
      200: { ...list('A page of transactions', DistributorTransaction)[200], also: SHEET_TYPES },
    },
  }),
  getDistributorTransactionCount: operation({
    id: 'getDistributorTransactionCount',
    method: 'GET',
    path: '/distributors/transactions/count',
    tag: 'Transactions',
    summary: 'How many transactions the same filters let through',
    ...ofWire,
    roles: READERS_AND_AGENTS,
    query: TransactionFilters,
    answers: { 200: answer('The count', Count) },
  }),
  getDistributorTransactionDetail: operation({
    id: 'getDistributorTransactionDetail',
    method: 'GET',
    path: '/distributors/transactions/{id}',
    tag: 'Transactions',
    summary: 'One transaction',
    description:
      'By the id of a parked order: how that stands, and once it is sold, the transaction that it has become.',
    ...ofWire,
    roles: READERS_AND_AGENTS,
    params: Id,
    answers: { 200: answer('The transaction', DistributorTransaction) },
  }),
} as const;
