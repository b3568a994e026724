import type { DistributorTransaction, Language, TransactionCreation, TransactionFilters } from '@opentopup/contract';
import { CSRF_HEADER } from '@opentopup/contract';
import { Caller } from './caller.ts';
import { Exchange } from './exchange.ts';
import { OperationSet } from './operation-set.ts';
import {
  ACCOUNT_ROUTES,
  type AccountOperations,
  EXTENSION_ROUTES,
  type ExtensionOperations,
  OPERATOR_ROUTES,
  type OperatorOperations,
  WIRE_ROUTES,
  type WireOperations,
} from './operations.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';

export interface SessionOptions extends ConnectionOptions {
  /** The language of each answer, asked for before each request. */
  language: () => Language;
}

/** What somebody may call who is signed in. */
export type SessionOperations = Omit<WireOperations, 'createTransaction'> &
  ExtensionOperations &
  OperatorOperations &
  AccountOperations;

const ROUTES = { ...WIRE_ROUTES, ...EXTENSION_ROUTES, ...OPERATOR_ROUTES, ...ACCOUNT_ROUTES };

/** Somebody in a browser, on a page of an OpenTopup: the browser's cookie says who it is. */
export class Session extends OperationSet<SessionOperations> {
  readonly #caller: Caller;

  constructor({ language, ...options }: SessionOptions) {
    const onRequest = () => ({ [CSRF_HEADER]: '1', 'Accept-Language': language() });
    const caller = new Caller(new Exchange({ ...options, onRequest }), options, null);
    super(caller, ROUTES);
    this.#caller = caller;
  }

  /**
   * Orders a top-up or an eSIM.
   * @param key of this order alone: with the same key and body again, the first answer comes again and nothing is sold
   */
  async sell(body: TransactionCreation, key: string, options?: CallOptions): Promise<DistributorTransaction> {
    const operation = 'createTransaction';
    const headers = { 'Idempotency-Key': key };
    const answer = await this.#caller.answer({ operation, route: ROUTES[operation], body, headers, ...options });
    return answer.body as DistributorTransaction;
  }

  /** The transactions that the filters let through as CSV, as it comes in. */
  csv(query: TransactionFilters, options?: CallOptions): Promise<ReadableStream<Uint8Array>> {
    const operation = 'getDistributorTransactionList';
    return this.#caller.stream({ operation, route: ROUTES[operation], query, ...options }, 'text/csv');
  }
}
