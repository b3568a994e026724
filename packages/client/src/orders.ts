import { type Call, type OperationCaller, waitAfter } from './caller.ts';
import { AbortedError, AnswerError, type SaleCertainty, TravelB2BError, UnreadableAnswerError } from './errors.ts';
import type { CallOptions } from './options.ts';
import { type EsimOrder, isSameOrder, type Placed, placed, type TopupOrder } from './order.ts';
import { LONGEST_RETRY_AFTER_MS, pause, share } from './pause.ts';
import { orderRefusal, refused, resultOf, type TopupResult } from './result.ts';
import type { Sales } from './sales.ts';
import { isTransaction, type Transaction } from './wire.ts';

const ROUTE = 'POST /distributors/transactions';

export interface CreateOptions extends CallOptions {
  /** You know that this reference was never sent before, so it need not be looked up first. */
  isNew?: boolean;
}

/** What is known of an order while it is tried. */
class Knowledge {
  /** No earlier call has sold it. */
  isNew: boolean;
  /** Something that this call has sent may have sold it. */
  isDoubtful = false;
  /** The server has said so. */
  isSold = false;

  constructor(isNew: boolean) {
    this.isNew = isNew;
  }

  learn({ nothingDone, sale }: TravelB2BError): void {
    this.isDoubtful ||= !nothingDone;
    this.isSold ||= sale === 'did_happen';
  }

  get sale(): SaleCertainty {
    if (this.isSold) return 'did_happen';
    return this.isDoubtful || !this.isNew ? 'may_have_happened' : 'cannot_have_happened';
  }
}

/** Sells, and never sells one order twice. */
export class Orders<Order extends EsimOrder | TopupOrder> {
  readonly #caller: OperationCaller;
  readonly #sales: Sales;
  /** Orders under way, by reference: the same one again waits for the first. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(caller: OperationCaller, sales: Sales) {
    this.#caller = caller;
    this.#sales = sales;
  }

  /**
   * Sells one unit. A reference that you gave is looked up first, unless the server is known to keep keys: an order that
   * was made before is not made again, its outcome is returned.
   * @throws TravelB2BError where there is no answer; its `sale` says what is known of the sale, its `reference` finds it
   */
  async create(order: Order, { signal, isNew = false }: CreateOptions = {}): Promise<TopupResult> {
    const ready = placed(order);
    const { reference } = ready;
    for (let first = this.#underWay.get(reference); first; first = this.#underWay.get(reference)) {
      await share(first, signal).catch(saying('may_have_happened', reference));
    }
    const work = this.#sell(ready, isNew || order.reference === undefined, signal);
    const end = work.then(
      () => {},
      () => {},
    );
    this.#underWay.set(reference, end);
    try {
      return await work;
    } finally {
      this.#underWay.delete(reference);
    }
  }

  /** What became of an order, by its reference; null where the server knows no transaction of it. */
  async lookup(reference: string, { signal }: CallOptions = {}): Promise<TopupResult | null> {
    const transaction = await this.#sales.find(reference, signal).catch(saying('may_have_happened', reference));
    return transaction ? resultOf(transaction, reference) : null;
  }

  /**
   * Follows a pending sale to its end, `ok` or `refused`. Outages are waited out; only `signal` gives up.
   * @throws TravelB2BError, whose `sale` is `may_have_happened`
   */
  waitFor(transaction: Pick<Transaction, 'id'>, { signal }: CallOptions = {}): Promise<TopupResult> {
    return this.#sales.follow(transaction.id, signal).catch(saying('may_have_happened'));
  }

  async #sell(order: Placed, isNew: boolean, signal: AbortSignal | undefined): Promise<TopupResult> {
    const { reference, isFindable } = order;
    const known = new Knowledge(isNew);
    try {
      // Also where the server keeps keys: it does not keep them for ever.
      if (!isNew && isFindable) {
        const earlier = await this.#sales.find(reference, signal);
        if (earlier) return outcomeOf(earlier, order);
        known.isNew = true;
      }
      return await this.#send(order, known, signal);
    } catch (error) {
      return saying(known.sale, reference)(error);
    }
  }

  async #send(order: Placed, known: Knowledge, signal: AbortSignal | undefined): Promise<TopupResult> {
    const { reference, body } = order;
    const headers = { 'Idempotency-Key': reference };
    const call: Call = { operation: 'createTransaction', route: ROUTE, headers, body, signal };
    for (let attempt = 0; ; attempt++) {
      try {
        return resultOf(transactionIn((await this.#caller.once(call, attempt)).body), reference);
      } catch (error) {
        if (!(error instanceof TravelB2BError)) throw error;
        const refusal = error instanceof AnswerError && error.nothingDone && orderRefusal(error, reference);
        if (refusal) return refusal;
        known.learn(error);
        if (error instanceof AbortedError) throw error;

        const wait_ms = waitAfter(error, attempt);
        const mayRepeat = error.transient && attempt < this.#caller.retries && wait_ms <= LONGEST_RETRY_AFTER_MS;
        // Once in doubt, only a server that keeps keys may be asked again.
        if (mayRepeat && (!known.isDoubtful || (await this.#sales.keepsKeys(signal)))) {
          await pause(wait_ms, signal);
          continue;
        }
        const found = known.isDoubtful && order.isFindable && (await this.#sales.findInTime(reference, signal));
        if (found) return outcomeOf(found, order);
        throw error;
      }
    }
  }
}

/** Throws an error on, with what is known of the sale. */
function saying(sale: SaleCertainty, reference?: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof TravelB2BError) Object.assign(error, { sale }, reference !== undefined && { reference });
    throw error;
  };
}

/** Gives the transaction in the answer to an order. */
function transactionIn(body: unknown): Transaction {
  if (isTransaction(body)) return body;
  const error = new UnreadableAnswerError(`${ROUTE} was answered, but not with a transaction`, false);
  if ((body as Partial<Transaction> | null)?.status === 'ok') error.sale = 'did_happen';
  throw error;
}

/** Tells what a transaction that was found by its reference means for this order. */
function outcomeOf(found: Transaction, { reference, body }: Placed): TopupResult {
  return isSameOrder(found, body) ? resultOf(found, reference) : refused('idempotency_conflict', reference);
}
