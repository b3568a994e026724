import type {
  BooksFileReport,
  BooksMapping,
  ReconciliationCaseChange,
  ReconciliationCaseEnd,
  ReconciliationCreation,
  RecoveryCreation,
  RecoveryEnd,
  RefillDecision,
  StatementClosing,
  StatementSettingsChange,
  VatRateCreation,
} from '@opentopup/contract';
import { STATEMENT_FILES, type StatementFile } from '@opentopup/contract/statements/statement-files';
import { OperationSet } from './operation-set.ts';
import type { Input, ListName, OperatorOperations } from './operations.ts';
import type { CallOptions } from './options.ts';
import { type FileOptions, requestOfFile } from './statement-files.ts';

export type ListFilters<Name extends ListName<OperatorOperations>> =
  Input<OperatorOperations[Name]> extends { query?: infer Q } ? Omit<NonNullable<Q>, 'offset'> : never;

/** What an operator does to agree with distributors and suppliers who owes what. */
export class MonthEnd extends OperationSet<OperatorOperations> {
  /** What distributors have ordered for their stocks, newest first. A decision may be repeated. */
  readonly refillOrders = {
    list: (query: ListFilters<'listRefillOrders'> = {}, o?: CallOptions) => this.each('listRefillOrders', { query }, o),
    decide: (id: string, body: RefillDecision, o?: CallOptions) =>
      this.call('decideRefillOrder', { params: { id }, body }, o),
  };

  /** Orders of all distributors that wait for units of what is sold out, or have waited; newest first. */
  readonly parkedOrders = {
    list: (query: ListFilters<'listAllParkedOrders'> = {}, o?: CallOptions) =>
      this.each('listAllParkedOrders', { query }, o),
  };

  /** What the months of distributors came to, newest first. */
  readonly statements = {
    list: (query: ListFilters<'listStatements'> = {}, o?: CallOptions) => this.each('listStatements', { query }, o),
    /** Freezes the next one of a distributor; `closing` as long as the ledger is being read. */
    close: (body: StatementClosing, o?: CallOptions) => this.call('closeStatement', { body }, o),
    /** The signed document. */
    get: (id: string, o?: CallOptions) => this.call('getStatement', { params: { id }, query: {} }, o),
    /** The same as a file, as it comes in. */
    file: (id: string, file: StatementFile, { language, ...o }: FileOptions = {}) =>
      this.stream('getStatement', STATEMENT_FILES[file].mediaType, requestOfFile(id, file, language), o),
    settings: (distributorId: string, o?: CallOptions) =>
      this.call('getDistributorStatementSettings', { params: { id: distributorId } }, o),
    changeSettings: (distributorId: string, body: StatementSettingsChange, o?: CallOptions) =>
      this.call('changeDistributorStatementSettings', { params: { id: distributorId }, body }, o),
    /** The VAT of a product, newest first. */
    vatRates: (productId: string, o?: CallOptions) => this.each('listVatRates', { params: { id: productId } }, o),
    setVatRate: (productId: string, body: VatRateCreation, o?: CallOptions) =>
      this.call('setVatRate', { params: { id: productId }, body }, o),
  };

  /** Comparing our books with those of suppliers. */
  readonly reconciliations = {
    /** Compares them with what a supplier lists; it goes on after the answer: `get` it until it is not `running`. */
    start: (body: ReconciliationCreation, o?: CallOptions) => this.call('createReconciliation', { body }, o),
    list: (query: ListFilters<'listReconciliations'> = {}, o?: CallOptions) =>
      this.each('listReconciliations', { query }, o),
    /** How the columns of a supplier's files are meant. */
    mapping: (supplierId: string, o?: CallOptions) => this.call('getBooksMapping', { params: { id: supplierId } }, o),
    setMapping: (supplierId: string, body: BooksMapping, o?: CallOptions) =>
      this.call('setBooksMapping', { params: { id: supplierId }, body }, o),
    /** Compares them with a CSV file or an Excel workbook; with `dry_run` only says what it would find. It may take its time. */
    compareFile: async (
      supplierId: string,
      body: string | Uint8Array<ArrayBuffer>,
      query: Input<OperatorOperations['compareBooksFile']>['query'],
      o?: CallOptions,
    ) =>
      (await this.answer('compareBooksFile', { params: { id: supplierId }, query, body }, o)).body as BooksFileReport,
    /** With the totals of each day. */
    get: (id: string, o?: CallOptions) => this.call('getReconciliation', { params: { id } }, o),
  };

  /** What is done after a restore. */
  readonly recovery = {
    /** Closes sales, and asks all suppliers what they have delivered since the backup. */
    begin: (body: RecoveryCreation, o?: CallOptions) => this.call('beginRecovery', { body }, o),
    get: (o?: CallOptions) => this.call('getRecovery', {}, o),
    /** Books the lost sales of which one offer fits, up to 500 at once: ask again with `next` as `after` until there is none. */
    book: (after?: string, o?: CallOptions) =>
      this.call('bookRecovery', { query: after === undefined ? {} : { after } }, o),
    /** Opens sales again. */
    end: (body: RecoveryEnd, o?: CallOptions) => this.call('endRecovery', { body }, o),
  };

  /** Differences from the books of suppliers, newest first. */
  readonly reconciliationCases = {
    list: (query: ListFilters<'listReconciliationCases'> = {}, o?: CallOptions) =>
      this.each('listReconciliationCases', { query }, o),
    get: (id: string, o?: CallOptions) => this.call('getReconciliationCase', { params: { id } }, o),
    /** Says who takes care of it, or notes something. */
    change: (id: string, body: ReconciliationCaseChange, o?: CallOptions) =>
      this.call('changeReconciliationCase', { params: { id }, body }, o),
    end: (id: string, body: ReconciliationCaseEnd, o?: CallOptions) =>
      this.call('endReconciliationCase', { params: { id }, body }, o),
  };
}
