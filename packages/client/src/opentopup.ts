import type {
  Alert,
  AlertChange,
  AlertCreation,
  AlertTest,
  CustomerMessage,
  CustomerNotice,
  DeliveryAttempt,
  DisputeLink,
  DisputeLinkCreation,
  DistributorSettings,
  DistributorSettingsChange,
  EsimHolder,
  EsimShowing,
  IdentificationCase,
  NewDisputeLink,
  NumberLookup,
  OfferStock,
  OwnRefillOrder,
  OwnReversalRequest,
  ParkedOrder,
  PriceVersion,
  ReceiptProof,
  ReceiptSale,
  ReceiptSettings,
  RefillOrderCreation,
  ReversalRequestCreation,
  SentReceipt,
  SignOn,
  SignOnChange,
  StockQuery,
  StockStanding,
  TransactionFilters,
  TransactionTotals,
} from '@opentopup/contract';
import type { OperationSet } from './operation-set.ts';
import type { ExtensionOperations, Input } from './operations.ts';
import type { CallOptions } from './options.ts';
import { programsOf, sandboxCallsOf } from './programs.ts';
import { statementsOf } from './statements.ts';

type Extensions = OperationSet<ExtensionOperations>;
type Filter = Pick<NonNullable<Input<ExtensionOperations['listIdentifications']>['query']>, 'status'>;
type ReversalFilter = Pick<NonNullable<Input<ExtensionOperations['listOwnReversalRequests']>['query']>, 'status'>;
type RefillFilter = Pick<NonNullable<Input<ExtensionOperations['listOwnRefillOrders']>['query']>, 'status'>;
type ParkedFilter = Pick<NonNullable<Input<ExtensionOperations['listParkedOrders']>['query']>, 'status' | 'offer'>;
type MessageFilter = NonNullable<Input<ExtensionOperations['listCustomerMessages']>['query']>;
type MessageKey = Pick<CustomerMessage, 'outcome' | 'language'>;
type StockFilter = Pick<NonNullable<Input<ExtensionOperations['listStock']>['query']>, 'level'>;

/** Groups the calls about a sale that is made. */
const afterSalesOf = (extensions: Extensions) => ({
  /** The attempts to deliver a sale: there is one, unless several suppliers may deliver its offer. */
  attempts: (transactionId: string, options?: CallOptions): Promise<DeliveryAttempt[]> =>
    extensions.call('listOwnAttempts', { params: { id: transactionId } }, options),
  /** Requests that the operator reverses sales of yours, newest first. */
  reversalRequests: {
    list: (query: ReversalFilter = {}, options?: CallOptions): AsyncIterable<OwnReversalRequest> =>
      extensions.each('listOwnReversalRequests', { query }, options),
    create: (
      transactionId: string,
      body: ReversalRequestCreation,
      options?: CallOptions,
    ): Promise<OwnReversalRequest> =>
      extensions.call('requestReversal', { params: { id: transactionId }, body }, options),
  },
  /** Links by which somebody without an account sees the story of a sale, newest first. An address is told once. */
  disputeLinks: {
    list: (transactionId: string, options?: CallOptions): AsyncIterable<DisputeLink> =>
      extensions.each('listOwnDisputeLinks', { params: { id: transactionId } }, options),
    create: (transactionId: string, body: DisputeLinkCreation, options?: CallOptions): Promise<NewDisputeLink> =>
      extensions.call('createOwnDisputeLink', { params: { id: transactionId }, body }, options),
    revoke: (id: string, options?: CallOptions): Promise<DisputeLink> =>
      extensions.call('revokeOwnDisputeLink', { params: { id } }, options),
  },
  /** The code and the QR code by which the receipt of a sale proves itself. */
  receiptProof: (transactionId: string, options?: CallOptions): Promise<ReceiptProof> =>
    extensions.call('getReceiptProof', { params: { id: transactionId } }, options),
  receipts: {
    /** What your receipts say, and on what they are printed. */
    settings: (options?: CallOptions): Promise<ReceiptSettings> => extensions.call('getReceiptSettings', {}, options),
    /** All of it: what is left out is taken away. */
    setSettings: (body: ReceiptSettings, options?: CallOptions): Promise<ReceiptSettings> =>
      extensions.call('setReceiptSettings', { body }, options),
    /** Sends it to the customer, by e-mail or SMS; each call once more. */
    send: (transactionId: string, body: CustomerNotice, options?: CallOptions): Promise<SentReceipt> =>
      extensions.call('sendReceipt', { params: { id: transactionId }, body }, options),
    /** The sale of a receipt, by its code. */
    find: (code: string, options?: CallOptions): Promise<ReceiptSale> =>
      extensions.call('findReceipt', { params: { code } }, options),
  },
});

/** Groups the calls about what waits for units, and about the units that are ordered. */
const waitingOf = (extensions: Extensions) => ({
  /** Orders that wait for units of what is sold out, newest first. */
  parkedOrders: {
    list: (query: ParkedFilter = {}, options?: CallOptions): AsyncIterable<ParkedOrder> =>
      extensions.each('listParkedOrders', { query }, options),
    get: (id: string, options?: CallOptions): Promise<ParkedOrder> =>
      extensions.call('getParkedOrder', { params: { id } }, options),
    /** Cancels one that waits; may be repeated. */
    cancel: (id: string, options?: CallOptions): Promise<ParkedOrder> =>
      extensions.call('cancelParkedOrder', { params: { id } }, options),
  },
  /** Units that you order for your stocks, newest first. An order is made once for each reference, so it may be repeated. */
  refillOrders: {
    list: (query: RefillFilter = {}, options?: CallOptions): AsyncIterable<OwnRefillOrder> =>
      extensions.each('listOwnRefillOrders', { query }, options),
    create: (body: RefillOrderCreation, options?: CallOptions): Promise<OwnRefillOrder> =>
      extensions.call('orderRefill', { body }, options),
    /** Withdraws one that is open; may be repeated. */
    withdraw: (id: string, options?: CallOptions): Promise<OwnRefillOrder> =>
      extensions.call('withdrawRefillOrder', { params: { id } }, options),
  },
});

/** Groups the calls about eSIMs that were sold. */
const esimsOf = (extensions: Extensions) => ({
  /** What installs the eSIMs that you sold, and who can read it. */
  esims: {
    holder: (options?: CallOptions): Promise<EsimHolder> => extensions.call('getEsimHolder', {}, options),
    /** It counts for eSIMs that are delivered from then on. */
    setHolder: (holder: EsimHolder['holder'], options?: CallOptions): Promise<EsimHolder> =>
      extensions.call('setEsimHolder', { body: { holder } }, options),
    /** Only of an eSIM that was delivered while the server was its holder; each time is noted in the audit trail. */
    show: (transactionId: string, options?: CallOptions): Promise<EsimShowing> =>
      extensions.call('showEsim', { params: { id: transactionId } }, options),
  },
  /** eSIMs whose users have to be identified. */
  identifications: {
    /** Most urgent first. */
    list: (query: Filter = {}, options?: CallOptions): AsyncIterable<IdentificationCase> =>
      extensions.each('listIdentifications', { query }, options),
    /** Notes that the user was reminded. */
    remind: (transaction_id: string, options?: CallOptions): Promise<IdentificationCase> =>
      extensions.call('remindOfIdentification', { params: { transaction_id } }, options),
  },
});

/** Groups the calls about the provider at which people of the distributor sign in. */
const signOnOf = (extensions: Extensions) => ({
  get: (options?: CallOptions): Promise<SignOn> => extensions.call('getOwnSignOn', {}, options),
  /** All of it but the secret: what is left out is as if it was never set. */
  set: (body: SignOnChange, options?: CallOptions): Promise<SignOn> =>
    extensions.call('setOwnSignOn', { body }, options),
  remove: async (options?: CallOptions): Promise<void> => {
    await extensions.call('removeOwnSignOn', {}, options);
  },
});

/** Groups the calls that only an OpenTopup answers; the operator's own API does not know them. */
export const openTopupOf = (extensions: Extensions) => ({
  /** The guards of your own sales. */
  settings: {
    get: (options?: CallOptions): Promise<DistributorSettings> => extensions.call('getSettings', {}, options),
    change: (body: DistributorSettingsChange, options?: CallOptions): Promise<DistributorSettings> =>
      extensions.call('changeSettings', { body }, options),
  },
  /** Whose network a number is in, and which of your offers fit. Ask once the number is whole. */
  lookup: (msisdn: string, options?: CallOptions): Promise<NumberLookup> =>
    extensions.call('lookupNumber', { query: { msisdn } }, options),
  /** What your transactions that the filters let through add up to, by status and currency. */
  transactionTotals: (query: TransactionFilters = {}, options?: CallOptions): Promise<TransactionTotals> =>
    extensions.call('getTransactionTotals', { query }, options),
  /** What your end customers are told. */
  customerMessages: {
    list: (query: MessageFilter = {}, options?: CallOptions): Promise<CustomerMessage[]> =>
      extensions.call('listCustomerMessages', { query }, options),
    set: (key: MessageKey, text: string, options?: CallOptions): Promise<CustomerMessage> =>
      extensions.call('setCustomerMessage', { params: key, body: { text } }, options),
    remove: (key: MessageKey, options?: CallOptions): Promise<CustomerMessage> =>
      extensions.call('removeCustomerMessage', { params: key }, options),
  },
  signOn: signOnOf(extensions),
  ...afterSalesOf(extensions),
  statements: statementsOf(extensions),
  /** What an offer has cost, newest first. */
  prices: (offerId: string, options?: CallOptions): AsyncIterable<PriceVersion> =>
    extensions.each('listOfferPrices', { params: { id: offerId } }, options),
  /** An offer's stock: now, over time, and how long it will last. */
  stock: (offerId: string, query: StockQuery = {}, options?: CallOptions): Promise<OfferStock> =>
    extensions.call('getOfferStock', { params: { id: offerId }, query }, options),
  /** How the stocks of your offers stand. */
  stocks: (query: StockFilter = {}, options?: CallOptions): AsyncIterable<StockStanding> =>
    extensions.each('listStock', { query }, options),
  ...waitingOf(extensions),
  /** When you want to be told of your stocks. */
  alerts: {
    /** The one for all offers first, then those for single offers. */
    list: (options?: CallOptions): AsyncIterable<Alert> => extensions.each('listAlerts', {}, options),
    get: (id: string, options?: CallOptions): Promise<Alert> =>
      extensions.call('getAlert', { params: { id } }, options),
    create: (body: AlertCreation, options?: CallOptions): Promise<Alert> =>
      extensions.call('createAlert', { body }, options),
    change: (id: string, body: AlertChange, options?: CallOptions): Promise<Alert> =>
      extensions.call('changeAlert', { params: { id }, body }, options),
    /** Writes to each of its addresses at once; how that fared there. */
    test: (id: string, options?: CallOptions): Promise<AlertTest[]> =>
      extensions.call('testAlert', { params: { id } }, options),
    delete: (id: string, options?: CallOptions): Promise<Alert> =>
      extensions.call('deleteAlert', { params: { id } }, options),
  },
  ...esimsOf(extensions),
  ...programsOf(extensions),
  sandbox: sandboxCallsOf(extensions),
  /** Any of these operations, by its name in the contract. */
  operations: extensions,
});
