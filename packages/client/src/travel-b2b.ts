import { baseOf, OperationCaller } from './caller.ts';
import { Exchange } from './exchange.ts';
import { keysOf, offersOf, suppliersOf, transactionsOf } from './groups.ts';
import { openTopupOf } from './opentopup.ts';
import { OperationSet } from './operation-set.ts';
import type { Entry, Output, WireOperations } from './operations.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import type { EsimOrder, TopupOrder } from './order.ts';
import { Orders } from './orders.ts';
import { EXTENSION_ROUTES, WIRE_ROUTES } from './routes.ts';
import { Sales } from './sales.ts';
import { TokenSource } from './token-source.ts';

export interface TravelB2BOptions extends ConnectionOptions {
  /** Where tokens are made; `/oauth/v3/token` on the server of `baseUrl` unless told. */
  tokenUrl?: string;
  clientId: string;
  clientSecret: string;
}

/** Finds the base of OpenTopup's own operations: beside those of the wire. */
export const besideWire = (base: string): string => base.replace(/\/travel-b2b(-sandbox)?\/v1$/, '');

/** A distributor's client of any Travel B2B 1.7 server: the operator's own API, or an OpenTopup. */
export class TravelB2B {
  /** Every operation of Travel B2B 1.7 by its name there. A sale belongs to `topups` and `esims`, which make it safe. */
  readonly operations: OperationSet<Omit<WireOperations, 'createTransaction'>>;
  readonly topups: Orders<TopupOrder>;
  readonly esims: Orders<EsimOrder>;
  readonly offers: ReturnType<typeof offersOf>;
  readonly transactions: ReturnType<typeof transactionsOf>;
  readonly suppliers: ReturnType<typeof suppliersOf>;
  readonly keys: ReturnType<typeof keysOf>;
  readonly opentopup: ReturnType<typeof openTopupOf>;
  readonly #caller: OperationCaller;
  readonly #sales: Sales;

  constructor(options: TravelB2BOptions) {
    const { baseUrl, clientId, clientSecret, tokenUrl = '/oauth/v3/token' } = options;
    const base = baseOf(baseUrl);
    const exchange = new Exchange(options);
    const credentials = { tokenUrl: new URL(tokenUrl, base).href, clientId, clientSecret };
    const tokens = new TokenSource(exchange, credentials);
    const caller = new OperationCaller(exchange, options, tokens);
    const wire = new OperationSet<WireOperations>(caller, WIRE_ROUTES);
    const sales = new Sales(caller);
    const beside = new OperationCaller(exchange, { ...options, baseUrl: besideWire(base) }, tokens);

    this.#caller = caller;
    this.#sales = sales;
    this.operations = wire;
    this.topups = new Orders(caller, sales);
    this.esims = new Orders(caller, sales);
    this.offers = offersOf(wire);
    this.transactions = transactionsOf(wire);
    this.suppliers = suppliersOf(wire);
    this.keys = keysOf(wire);
    this.opentopup = openTopupOf(new OperationSet(beside, EXTENSION_ROUTES));
  }

  /** Every country, with calling code and flag. */
  countries(options?: CallOptions): AsyncIterable<Entry<WireOperations['getCountryList']>> {
    return this.operations.each('getCountryList', {}, options);
  }

  /** Every currency, with its last known rates. */
  currencies(options?: CallOptions): AsyncIterable<Entry<WireOperations['getCurrencyList']>> {
    return this.operations.each('getCurrencyList', {}, options);
  }

  /** True once an answer has shown that the server is an OpenTopup. */
  get isOpenTopup(): boolean {
    return this.#caller.isOpenTopup;
  }

  /** Whether the server answers a repeated `Idempotency-Key` with its first answer. Where that is not certain: no. */
  keepsKeys({ signal }: CallOptions = {}): Promise<boolean> {
    return this.#sales.keepsKeys(signal);
  }

  /** Whether the server is alive, and its version. Needs no token. */
  async live(options: CallOptions = {}): Promise<Output<WireOperations['isAlive']>> {
    const call = { operation: 'isAlive', route: WIRE_ROUTES.isAlive, isPublic: true, ...options };
    return (await this.#caller.answer(call)).body as Output<WireOperations['isAlive']>;
  }
}
