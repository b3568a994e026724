import Type from 'typebox';
import { Country, Currency } from '../catalogue/countries.ts';
import { OfferEditableParameters, OfferLight } from '../catalogue/offers.ts';
import { SupplierLight } from '../catalogue/suppliers.ts';
import { DistributorKey, DistributorKeyCreation, KeyQuery } from '../esims/keys.ts';
import { EXAMPLE_IDS, EXAMPLE_PUBLIC_KEY } from '../examples.ts';
import { CSV, XLSX } from '../media-types.ts';
import { operation } from '../operation.ts';
import { SUPPLIER_REASONS } from '../reasons.ts';
import {
  Count,
  DistributorTransaction,
  TransactionCreation,
  TransactionFilters,
  TransactionPage,
} from '../sales/transactions.ts';
import { LiveAnswer, Page } from '../service.ts';
import { DistributorBalance, GlobalBalanceQuery, SimQuery, SimStatus, UsageBalance } from '../sims/sims.ts';
import { answer, Id, list } from './parts.ts';

const distributor = { access: 'distributor', extension: false } as const;

/** Travel B2B 1.7, distributor side: these answer below every base. */
export const WIRE_OPERATIONS = {
  isAlive: operation({
    id: 'isAlive',
    method: 'GET',
    path: '/live',
    tag: 'Service',
    summary: 'Whether the server is alive',
    access: 'public',
    extension: false,
    answers: { 200: answer('It is', LiveAnswer) },
  }),

  getCountryList: operation({
    id: 'getCountryList',
    method: 'GET',
    path: '/countries',
    tag: 'Countries and currencies',
    summary: 'The countries, with calling code and flag',
    ...distributor,
    query: Page,
    answers: list('A page of countries, by code', Country),
  }),
  getCurrencyList: operation({
    id: 'getCurrencyList',
    method: 'GET',
    path: '/currencies',
    tag: 'Countries and currencies',
    summary: 'The currencies, with their last known rates',
    ...distributor,
    query: Page,
    answers: list('A page of currencies, by code', Currency),
  }),

  getDistributorOfferList: operation({
    id: 'getDistributorOfferList',
    method: 'GET',
    path: '/distributors/offers',
    tag: 'Offers',
    summary: 'What you may sell, at which price, and how many units are left',
    ...distributor,
    query: Page,
    answers: list('A page of offers, oldest first', OfferLight),
  }),
  getDistributorOffer: operation({
    id: 'getDistributorOffer',
    method: 'GET',
    path: '/distributors/offers/{id}',
    tag: 'Offers',
    summary: 'One offer',
    ...distributor,
    params: Id,
    answers: { 200: answer('The offer', OfferLight) },
  }),
  changeDistributorOfferEditableParameters: operation({
    id: 'changeDistributorOfferEditableParameters',
    method: 'PATCH',
    path: '/distributors/offers/{id}',
    tag: 'Offers',
    summary: 'Changes your name, fee and metadata of an offer',
    description: '`resell_value` is the operator’s and stays as it is. Sales already made keep what they were sold at.',
    ...distributor,
    params: Id,
    body: OfferEditableParameters,
    bodyExample: { name: 'Recharge France 10 €', distributor_fees: 2.08, distributor_fees_type: 'value' },
    answers: { 200: answer('The offer as it is now', OfferLight) },
  }),

  createTransaction: operation({
    id: 'createTransaction',
    method: 'POST',
    path: '/distributors/transactions',
    tag: 'Transactions',
    summary: 'Sells a top-up or an eSIM',
    description:
      'Checks the stock of the offer, recharges the line at the supplier, takes one unit and confirms; or changes ' +
      'nothing and says why. `201` with `pending` means that nobody knows yet: the unit stays held, and ordering again ' +
      'would be a second sale. Send an `Idempotency-Key` (1 to 255 visible ASCII characters, new for each order) to make ' +
      'repeating a request safe.',
    ...distributor,
    customer: 'buys',
    headers: Type.Object({
      'Idempotency-Key': Type.Optional(
        Type.String({ maxLength: 257, description: 'Added: the same key and body get the first answer again' }),
      ),
    }),
    body: TransactionCreation,
    bodyExample: { offer_id: EXAMPLE_IDS.offer, user_id: 'till 7', parameters: { msisdn: '+33684587587' } },
    answers: {
      201: answer('Sold (`ok`), or not yet known (`pending`)', DistributorTransaction),
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
      'line_limit_reached',
      'user_limit_reached',
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
    ...distributor,
    query: Type.Object({
      ...TransactionPage.properties,
      ...TransactionFilters.properties,
    }),
    answers: {
      200: { ...list('A page of transactions', DistributorTransaction)[200], also: [CSV, XLSX] },
    },
  }),
  getDistributorTransactionCount: operation({
    id: 'getDistributorTransactionCount',
    method: 'GET',
    path: '/distributors/transactions/count',
    tag: 'Transactions',
    summary: 'How many transactions the same filters let through',
    ...distributor,
    query: TransactionFilters,
    answers: { 200: answer('The count', Count) },
  }),
  getDistributorTransactionDetail: operation({
    id: 'getDistributorTransactionDetail',
    method: 'GET',
    path: '/distributors/transactions/{id}',
    tag: 'Transactions',
    summary: 'One transaction',
    ...distributor,
    params: Id,
    answers: { 200: answer('The transaction', DistributorTransaction) },
  }),

  getAvailableSupplierList: operation({
    id: 'getAvailableSupplierList',
    method: 'GET',
    path: '/distributors/suppliers',
    tag: 'Suppliers',
    summary: 'The suppliers of your offers',
    ...distributor,
    answers: list('The suppliers, by name', SupplierLight),
  }),
  getSimStatus: operation({
    id: 'getSimStatus',
    method: 'GET',
    path: '/distributors/suppliers/{id}/simstatus',
    tag: 'Suppliers',
    summary: 'How a SIM stands',
    description: 'Either `transaction` or `simId` is needed; a SIM to which you have sold nothing is unknown.',
    ...distributor,
    customer: 'asks',
    params: Id,
    query: SimQuery,
    answers: { 200: answer('Its status', SimStatus) },
    reasons: ['missing_query_parameter', 'not_supported', 'sim_unknown', 'supplier_silent'],
  }),
  getUsageBalance: operation({
    id: 'getUsageBalance',
    method: 'GET',
    path: '/distributors/suppliers/{id}/usagebalances',
    tag: 'Suppliers',
    summary: 'What is left on a SIM',
    description: 'Either `transaction` or `simId` is needed; a SIM to which you have sold nothing is unknown.',
    ...distributor,
    customer: 'asks',
    params: Id,
    query: SimQuery,
    answers: { 200: answer('Its balances', UsageBalance) },
    reasons: ['missing_query_parameter', 'not_supported', 'sim_unknown', 'supplier_silent'],
  }),
  getGlobalBalance: operation({
    id: 'getGlobalBalance',
    method: 'GET',
    path: '/distributors/suppliers/{id}/globalbalances',
    tag: 'Suppliers',
    summary: 'What all your SIMs consumed, by zone',
    ...distributor,
    params: Id,
    query: GlobalBalanceQuery,
    answers: { 200: answer('The consumption', DistributorBalance) },
    reasons: ['not_supported', 'supplier_silent'],
  }),

  getDistributorKey: operation({
    id: 'getDistributorKey',
    method: 'GET',
    path: '/distributors/keys',
    tag: 'Keys',
    summary: 'The key under which activation codes are encrypted for you',
    ...distributor,
    query: KeyQuery,
    answers: { 200: answer('The key', DistributorKey) },
    reasons: ['not_found'],
  }),
  setDistributorKey: operation({
    id: 'setDistributorKey',
    method: 'POST',
    path: '/distributors/keys',
    tag: 'Keys',
    summary: 'Sets your key; it replaces the one before for good',
    ...distributor,
    query: KeyQuery,
    body: DistributorKeyCreation,
    bodyExample: { key_type: 'rsa256', public_key_value: EXAMPLE_PUBLIC_KEY },
    answers: { 201: answer('The key as it is now', DistributorKey) },
    reasons: ['invalid_key'],
  }),
} as const;
