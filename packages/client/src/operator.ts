import type {
  AdjustmentCreation,
  CatalogueReadingCreation,
  ClaimCreation,
  CredentialChange,
  CredentialCreation,
  CredentialRotation,
  DisputeLinkCreation,
  DistributorChange,
  DistributorCreation,
  DistributorSettingsChange,
  GrantCreation,
  ImportReport,
  LedgerProofStep,
  OfferChange,
  OfferCreation,
  ProductChange,
  ProductCreation,
  ReplayCreation,
  ResolutionCreation,
  ReversalDecision,
  ReversalRequestCreation,
  RouteCreation,
  SignOnChange,
  SupplierChange,
  SupplierCreation,
  SupplierImport,
} from '@opentopup/contract';
import { CSV, XLSX } from '@opentopup/contract/media-types';
import { OperationCaller } from './caller.ts';
import { Exchange } from './exchange.ts';
import { followVerificationOf } from './follow-verification.ts';
import { type ListFilters, MonthEnd } from './month-end.ts';
import type { Input, OperatorOperations } from './operations.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import { OPERATOR_ROUTES } from './routes.ts';

export interface OperatorOptions extends ConnectionOptions {
  adminToken: string;
}

type SignOnQuery = Input<OperatorOperations['getSignOn']>['query'];

/** What an OpenTopup's operator does. Lists come page by page; `limit` is how long a page is. */
export class Operator extends MonthEnd {
  constructor(options: OperatorOptions) {
    const token = { value: options.adminToken, issuedAt_ms: Infinity, renewAt_ms: Infinity, endsAt_ms: Infinity };
    const authority = { token: async () => token, forget: () => {} };
    super(new OperationCaller(new Exchange(options), options, authority), OPERATOR_ROUTES);
  }

  readonly distributors = {
    list: (query: ListFilters<'listDistributors'> = {}, o?: CallOptions) => this.each('listDistributors', { query }, o),
    get: (id: string, o?: CallOptions) => this.call('getDistributor', { params: { id } }, o),
    create: (body: DistributorCreation, o?: CallOptions) => this.call('createDistributor', { body }, o),
    change: (id: string, body: DistributorChange, o?: CallOptions) =>
      this.call('changeDistributor', { params: { id }, body }, o),
    settings: (id: string, o?: CallOptions) => this.call('getDistributorSettings', { params: { id } }, o),
    changeSettings: (id: string, body: DistributorSettingsChange, o?: CallOptions) =>
      this.call('changeDistributorSettings', { params: { id }, body }, o),
  };

  /** The clients of distributors. A secret is shown once, when it is made. */
  readonly credentials = {
    list: (distributorId: string, o?: CallOptions) =>
      this.each('listCredentials', { params: { id: distributorId } }, o),
    create: (distributorId: string, body: CredentialCreation, o?: CallOptions) =>
      this.call('createCredential', { params: { id: distributorId }, body }, o),
    change: (client_id: string, body: CredentialChange, o?: CallOptions) =>
      this.call('changeCredential', { params: { client_id }, body }, o),
    rotate: (client_id: string, body: CredentialRotation = {}, o?: CallOptions) =>
      this.call('rotateCredential', { params: { client_id }, body }, o),
    revoke: (client_id: string, o?: CallOptions) => this.call('revokeCredential', { params: { client_id } }, o),
  };

  readonly suppliers = {
    list: (query: ListFilters<'listSuppliers'> = {}, o?: CallOptions) => this.each('listSuppliers', { query }, o),
    get: (id: string, o?: CallOptions) => this.call('getSupplier', { params: { id } }, o),
    create: (body: SupplierCreation, o?: CallOptions) => this.call('createSupplier', { body }, o),
    change: (id: string, body: SupplierChange, o?: CallOptions) =>
      this.call('changeSupplier', { params: { id }, body }, o),
    /** Reads the money that lies there, now. */
    readBalance: (id: string, o?: CallOptions) => this.call('readSupplierBalance', { params: { id } }, o),
    /** Takes over what it lists, all or what is chosen, as products, and with a `distributor_id` as offers. */
    import: (id: string, body: SupplierImport = {}, o?: CallOptions) =>
      this.call('importSupplierProducts', { params: { id }, body }, o),
    /** What it lists and charges, as its catalogue was read last; or what of it is looked for. */
    catalogue: (id: string, query: ListFilters<'listSupplierCatalogue'> = {}, o?: CallOptions) =>
      this.each('listSupplierCatalogue', { params: { id }, query }, o),
    calls: (id: string, query: ListFilters<'listSupplierCalls'> = {}, o?: CallOptions) =>
      this.each('listSupplierCalls', { params: { id }, query }, o),
    routes: (id: string, o?: CallOptions) => this.each('listSupplierRoutes', { params: { id } }, o),
    /** What it adds to recharges for now; it is asked at once. */
    promotions: (id: string, o?: CallOptions) => this.call('listSupplierPromotions', { params: { id } }, o),
    /** Reads its catalogue again, now; what has changed is told, and acted upon. */
    readCatalogue: (id: string, body: CatalogueReadingCreation = {}, o?: CallOptions) =>
      this.call('readSupplierCatalogue', { params: { id }, body }, o),
  };

  readonly products = {
    list: (query: ListFilters<'listProducts'> = {}, o?: CallOptions) => this.each('listProducts', { query }, o),
    get: (id: string, o?: CallOptions) => this.call('getProduct', { params: { id } }, o),
    create: (body: ProductCreation, o?: CallOptions) => this.call('createProduct', { body }, o),
    change: (id: string, body: ProductChange, o?: CallOptions) =>
      this.call('changeProduct', { params: { id }, body }, o),
  };

  readonly offers = {
    list: (query: ListFilters<'listOffers'> = {}, o?: CallOptions) => this.each('listOffers', { query }, o),
    get: (id: string, o?: CallOptions) => this.call('getOffer', { params: { id } }, o),
    create: (body: OfferCreation, o?: CallOptions) => this.call('createOffer', { body }, o),
    change: (id: string, body: OfferChange, o?: CallOptions) => this.call('changeOffer', { params: { id }, body }, o),
    /** The products that may deliver it, and which would be passed over now. */
    route: (id: string, o?: CallOptions) => this.call('getOfferRoute', { params: { id } }, o),
    setRoute: (id: string, body: RouteCreation, o?: CallOptions) =>
      this.call('setOfferRoute', { params: { id }, body }, o),
    removeRoute: (id: string, o?: CallOptions) => this.call('removeOfferRoute', { params: { id } }, o),
  };

  /** An offer's stock. A grant and an adjustment are booked once for each reference, so they may be repeated. */
  readonly stock = {
    grant: (offerId: string, body: GrantCreation, o?: CallOptions) =>
      this.call('createGrant', { params: { id: offerId }, body }, o),
    adjust: (offerId: string, body: AdjustmentCreation, o?: CallOptions) =>
      this.call('createAdjustment', { params: { id: offerId }, body }, o),
    /** The ledger, newest first. */
    movements: (offerId: string, o?: CallOptions) => this.each('listMovements', { params: { id: offerId } }, o),
  };

  /** Proves the ledger: every bucket, or one offer's, row by row. It may take its time. */
  verifyLedger(offer?: string, o?: CallOptions) {
    return this.call('verifyLedger', { query: offer === undefined ? {} : { offer } }, o);
  }

  /**
   * The same, told second by second: how far it is, and last the report. Whoever asks for no more has stopped it.
   * @throws ConnectionError where it is cut before its report
   */
  followVerification(offer?: string, o?: CallOptions): AsyncGenerator<LedgerProofStep, void, undefined> {
    return followVerificationOf(this, offer, o);
  }

  /** The transactions of all distributors, newest first. */
  readonly transactions = {
    list: (query: ListFilters<'listTransactions'> = {}, o?: CallOptions) => this.each('listTransactions', { query }, o),
    /** How many the same filters let through. */
    count: async (query: Input<OperatorOperations['countTransactions']>['query'] = {}, o?: CallOptions) =>
      (await this.call('countTransactions', { query }, o)).count,
    /** What they add up to, by status and currency. */
    totals: (query: Input<OperatorOperations['totalTransactions']>['query'] = {}, o?: CallOptions) =>
      this.call('totalTransactions', { query }, o),
    /** The same list as CSV, as it comes in; with `for: 'excel'` as Excel opens it. */
    csv: (query: ListFilters<'listTransactions'> = {}, o?: CallOptions) =>
      this.stream('listTransactions', CSV, { query }, o),
    /** The same list as an Excel workbook, as it comes in. */
    xlsx: (query: ListFilters<'listTransactions'> = {}, o?: CallOptions) =>
      this.stream('listTransactions', XLSX, { query }, o),
    get: (id: string, o?: CallOptions) => this.call('getTransaction', { params: { id } }, o),
    /** How often it was tried to deliver it, and by whom. */
    attempts: (id: string, o?: CallOptions) => this.call('listAttempts', { params: { id } }, o),
    /** Ends one that is pending without proof, as a person has decided. */
    resolve: (id: string, body: ResolutionCreation, o?: CallOptions) =>
      this.call('resolveTransaction', { params: { id }, body }, o),
    /** Takes care of one that is pending, so that nobody else does; `take_over` where somebody does. */
    claim: (id: string, body: ClaimCreation = {}, o?: CallOptions) =>
      this.call('claimTransaction', { params: { id }, body }, o),
    /** Hands back one that you take care of. */
    handBack: (id: string, o?: CallOptions) => this.call('handBackTransaction', { params: { id } }, o),
    /** Reverses one that is ok; `open` where somebody else has to approve that. */
    reverse: (id: string, body: ReversalRequestCreation, o?: CallOptions) =>
      this.call('reverseTransaction', { params: { id }, body }, o),
  };

  /** The sale of a receipt, by its code. */
  findReceipt(code: string, o?: CallOptions) {
    return this.call('findAnyReceipt', { params: { code } }, o);
  }

  /** Links by which somebody without an account sees the story of a sale, newest first. An address is told once. */
  readonly disputeLinks = {
    list: (transactionId: string, o?: CallOptions) =>
      this.each('listDisputeLinks', { params: { id: transactionId } }, o),
    create: (transactionId: string, body: DisputeLinkCreation, o?: CallOptions) =>
      this.call('createDisputeLink', { params: { id: transactionId }, body }, o),
    revoke: (id: string, o?: CallOptions) => this.call('revokeDisputeLink', { params: { id } }, o),
  };

  /** Requests to reverse sales, newest first. */
  readonly reversalRequests = {
    list: (query: ListFilters<'listReversalRequests'> = {}, o?: CallOptions) =>
      this.each('listReversalRequests', { query }, o),
    decide: (id: string, body: ReversalDecision, o?: CallOptions) =>
      this.call('decideReversal', { params: { id }, body }, o),
  };

  /** Estimates how past sales would have gone under other routes or costs. It may take its time. */
  replay(body: ReplayCreation = {}, query: Input<OperatorOperations['replaySales']>['query'] = {}, o?: CallOptions) {
    return this.call('replaySales', { query, body }, o);
  }

  /** Which distributors, offers or sellers have sold most. It may take its time. */
  ranking(query: ListFilters<'rankSales'>, o?: CallOptions) {
    return this.each('rankSales', { query }, o);
  }

  /** Adds or changes many things from a CSV file or an Excel workbook, all or none; with `dry_run` only says what it would do. */
  async importCsv(
    kind: Input<OperatorOperations['importCsv']>['params']['kind'],
    body: string | Uint8Array<ArrayBuffer>,
    query: Input<OperatorOperations['importCsv']>['query'] = {},
    o?: CallOptions,
  ) {
    return (await this.answer('importCsv', { params: { kind }, query, body }, o)).body as ImportReport;
  }

  /** Notes that the user of an eSIM was identified. */
  confirmIdentification(transaction_id: string, o?: CallOptions) {
    return this.call('confirmIdentification', { params: { transaction_id } }, o);
  }

  /** The keys that sign documents, newest first. */
  readonly documentKeys = {
    list: (o?: CallOptions) => this.each('listDocumentKeys', {}, o),
    rotate: (o?: CallOptions) => this.call('rotateDocumentKey', {}, o),
  };

  /** The provider at which people of the operator sign in, or of a distributor where one is named. */
  readonly signOn = {
    get: (query: SignOnQuery = {}, o?: CallOptions) => this.call('getSignOn', { query }, o),
    set: (body: SignOnChange, query: SignOnQuery = {}, o?: CallOptions) => this.call('setSignOn', { query, body }, o),
    remove: async (query: SignOnQuery = {}, o?: CallOptions): Promise<void> => {
      await this.call('removeSignOn', { query }, o);
    },
  };

  /** Who changed what, newest first. */
  audit(query: ListFilters<'listAuditEntries'> = {}, o?: CallOptions) {
    return this.each('listAuditEntries', { query }, o);
  }

  /** The same as CSV, as it comes in; with `for: 'excel'` as Excel opens it. */
  auditCsv(query: ListFilters<'listAuditEntries'> = {}, o?: CallOptions) {
    return this.stream('listAuditEntries', CSV, { query }, o);
  }

  /** The same as an Excel workbook, as it comes in. */
  auditXlsx(query: ListFilters<'listAuditEntries'> = {}, o?: CallOptions) {
    return this.stream('listAuditEntries', XLSX, { query }, o);
  }
}
