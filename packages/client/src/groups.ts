import type { DistributorKey, OfferEditableParameters, TransactionFilters } from '@opentopup/contract';
import { CSV, XLSX } from '@opentopup/contract/media-types';
import type { OperationSet } from './operation-set.ts';
import type { Input, Output, WireOperations } from './operations.ts';
import type { CallOptions } from './options.ts';
import { type Offer, offerOf, single, type Transaction } from './wire.ts';

type Wire = OperationSet<WireOperations>;
type Query<Name extends keyof WireOperations> = Input<WireOperations[Name]> extends { query?: infer Q } ? Q : never;
type Answered<Name extends keyof WireOperations> = Promise<Output<WireOperations[Name]>>;

/** Groups the calls about what may be sold, and what is in stock. */
export const offersOf = (wire: Wire) => ({
  /** Every offer, oldest first, page by page. */
  async *list(options?: CallOptions): AsyncGenerator<Offer, void, undefined> {
    for await (const offer of wire.each('getDistributorOfferList', {}, options)) yield offerOf(offer);
  },
  /** One page of them. */
  async page(query: Query<'getDistributorOfferList'> = {}, options?: CallOptions): Promise<Offer[]> {
    return (await wire.call('getDistributorOfferList', { query }, options)).map(offerOf);
  },
  async get(id: string, options?: CallOptions): Promise<Offer> {
    return offerOf(await wire.call('getDistributorOffer', { params: { id } }, options));
  },
  /** Changes your own name, fee and metadata of an offer; `resell_value` stays the operator's. */
  async customise(id: string, body: OfferEditableParameters, options?: CallOptions): Promise<Offer> {
    const input = { params: { id }, body };
    return offerOf(await wire.call('changeDistributorOfferEditableParameters', input, options));
  },
});

/** Groups the calls about what was sold. */
export const transactionsOf = (wire: Wire) => ({
  /** Every transaction that the filters let through, newest first, page by page. */
  list: (filters: TransactionFilters = {}, options?: CallOptions): AsyncIterable<Transaction> =>
    wire.each('getDistributorTransactionList', { query: filters }, options),
  /** One page of them. */
  page: (query: Query<'getDistributorTransactionList'> = {}, options?: CallOptions): Promise<Transaction[]> =>
    wire.call('getDistributorTransactionList', { query }, options),
  get: (id: string, options?: CallOptions): Promise<Transaction> =>
    wire.call('getDistributorTransactionDetail', { params: { id } }, options),
  /** How many the same filters let through. */
  count: async (query: TransactionFilters = {}, options?: CallOptions): Promise<number> =>
    (await wire.call('getDistributorTransactionCount', { query }, options)).count,
  /** The same list as CSV, as it comes in; with `for: 'excel'` as Excel opens it. */
  csv: (query: Query<'getDistributorTransactionList'> = {}, options?: CallOptions) =>
    wire.stream('getDistributorTransactionList', CSV, { query }, options),
  /** The same list as an Excel workbook, as it comes in. */
  xlsx: (query: Query<'getDistributorTransactionList'> = {}, options?: CallOptions) =>
    wire.stream('getDistributorTransactionList', XLSX, { query }, options),
});

/** Groups the calls about suppliers: whose products the offers sell, and what they say of SIMs. */
export const suppliersOf = (wire: Wire) => ({
  list: (options?: CallOptions): Answered<'getAvailableSupplierList'> =>
    wire.call('getAvailableSupplierList', {}, options),
  /** How a SIM stands. */
  simStatus: (id: string, query: Query<'getSimStatus'>, options?: CallOptions): Answered<'getSimStatus'> =>
    wire.call('getSimStatus', { params: { id }, query }, options),
  /** What is left on a SIM. */
  usage: (id: string, query: Query<'getUsageBalance'>, options?: CallOptions): Answered<'getUsageBalance'> =>
    wire.call('getUsageBalance', { params: { id }, query }, options),
  /** What all your SIMs consumed, by zone. */
  globalBalances: (
    id: string,
    query: Input<WireOperations['getGlobalBalance']>['query'],
    options?: CallOptions,
  ): Answered<'getGlobalBalance'> => wire.call('getGlobalBalance', { params: { id }, query }, options),
});

/** Groups the calls about the public key under which activation codes of eSIMs are encrypted. */
export const keysOf = (wire: Wire) => ({
  get: (options?: CallOptions): Promise<DistributorKey> => wire.call('getDistributorKey', {}, options),
  /**
   * Sets the key; it replaces the one before for good.
   * @param pem an RSA public key, PEM; see `generateKeyPair` of `@opentopup/client/esim`
   */
  set: async (pem: string, options?: CallOptions): Promise<DistributorKey> => {
    // The published description of the API calls the field one thing, its guide the other.
    const body = { key_type: 'rsa256', public_key_value: pem, public_key: pem } as const;
    return single(await wire.call('setDistributorKey', { body }, options));
  },
});
