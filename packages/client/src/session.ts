import type {
  DistributorTransaction,
  TransactionCreation,
  TransactionFilters,
  TransactionPage,
} from '@opentopup/contract';
import { CSRF_HEADER } from '@opentopup/contract/csrf-header';
import { CSV, XLSX } from '@opentopup/contract/media-types';
import { baseOf, OperationCaller } from './caller.ts';
import { Exchange } from './exchange.ts';
import { OperationSet } from './operation-set.ts';
import type { AccountOperations, ExtensionOperations, OperatorOperations, WireOperations } from './operations.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import type { TopupOrder } from './order.ts';
import { Orders } from './orders.ts';
import { ACCOUNT_ROUTES, EXTENSION_ROUTES, OPERATOR_ROUTES, WIRE_ROUTES } from './routes.ts';
import { Sales } from './sales.ts';
import { besideWire } from './travel-b2b.ts';

/**
 * Somebody who signs in at an OpenTopup, on a page of it. The browser's cookie says who it is, the role of the account
 * what may be called.
 */
export class Session {
  /** Signing in and out, and what people do with their own account. */
  readonly account: OperationSet<AccountOperations>;
  /** Travel B2B 1.7, for people of a distributor. A sale belongs to `topups` or `sell`, which make it safe. */
  readonly operations: OperationSet<Omit<WireOperations, 'createTransaction'>>;
  readonly topups: Orders<TopupOrder>;
  /** What OpenTopup adds to it. */
  readonly opentopup: OperationSet<ExtensionOperations>;
  /** For people of the operator. */
  readonly operator: OperationSet<OperatorOperations>;
  readonly #caller: OperationCaller;

  /** @param options `baseUrl` is the page's own origin, with `/travel-b2b-sandbox/v1` for the sandbox */
  constructor(options: ConnectionOptions) {
    const base = baseOf(options.baseUrl);
    const exchange = new Exchange({
      ...options,
      onRequest: async (event) => ({ [CSRF_HEADER]: '1', ...(await options.onRequest?.(event)) }),
    });
    const caller = new OperationCaller(exchange, options, null);
    caller.isOpenTopup = true;
    this.#caller = caller;
    const beside = new OperationCaller(exchange, { ...options, baseUrl: besideWire(base) }, null);
    this.account = new OperationSet(beside, ACCOUNT_ROUTES);
    this.operations = new OperationSet<WireOperations>(caller, WIRE_ROUTES);
    this.topups = new Orders(caller, new Sales(caller));
    this.opentopup = new OperationSet(beside, EXTENSION_ROUTES);
    this.operator = new OperationSet(beside, OPERATOR_ROUTES);
  }

  /**
   * Orders a top-up or an eSIM, once; whoever calls repeats it. With the same key and body again, the first answer comes
   * again and nothing is sold.
   */
  async sell(body: TransactionCreation, key: string, options?: CallOptions): Promise<DistributorTransaction> {
    const operation = 'createTransaction';
    const headers = { 'Idempotency-Key': key };
    const call = { operation, route: WIRE_ROUTES[operation], body, headers, ...options };
    return (await this.#caller.once(call, 0)).body as DistributorTransaction;
  }

  /** The transactions that the filters let through as CSV, as it comes in; with `for: 'excel'` as Excel opens it. */
  csv(query: TransactionFilters & Pick<TransactionPage, 'for'>, options?: CallOptions) {
    return this.operations.stream('getDistributorTransactionList', CSV, { query }, options);
  }

  /** The same as an Excel workbook. */
  xlsx(query: TransactionFilters, options?: CallOptions) {
    return this.operations.stream('getDistributorTransactionList', XLSX, { query }, options);
  }
}
