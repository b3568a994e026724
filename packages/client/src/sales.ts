import type { SuccessAnswer } from './answers.ts';
import { type Call, type OperationCaller, waitAfter } from './caller.ts';
import { AbortedError, TravelB2BError, UnreadableAnswerError } from './errors.ts';
import { madeBy } from './order.ts';
import { eachPage } from './pages.ts';
import { pause } from './pause.ts';
import { resultOf, type TopupResult } from './result.ts';
import { WIRE_ROUTES } from './routes.ts';
import { isTransaction, type Transaction } from './wire.ts';

type Signal = AbortSignal | undefined;

/** No transaction has it: what a server says to it tells which kind of server it is. */
const NIL_UUID = '00000000-0000-0000-0000-000000000000';
/** How long after a doubtful order its transaction is looked for again: at first, then doubling. */
const FIND_AGAIN_MS = 500;
/** Whoever waits for an answer is told sooner, however patient the client is with outages. */
const MOST_AGAIN = 3;
/** How long after a look at a pending sale the next one comes: at first, then longer, and at last. */
const LOOK_FIRST_MS = 500;
const LOOK_LAST_MS = 15_000;

/** Finds out what became of sales. */
export class Sales {
  readonly #caller: OperationCaller;

  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /** The transaction of an order, by its reference. */
  find(reference: string, signal: Signal): Promise<Transaction | undefined> {
    return find(reference, (query) => this.#caller.answer(listed(query, signal)));
  }

  /** The same after an order without an answer: it may still be under way, so it is looked for more than once. */
  async findInTime(reference: string, signal: Signal): Promise<Transaction | undefined> {
    const again = Math.min(this.#caller.retries, MOST_AGAIN);
    for (let look = 0; look <= again; look++) {
      if (look > 0) await pause(FIND_AGAIN_MS * 2 ** (look - 1), signal);
      try {
        const found = await find(reference, (query) => this.#caller.once(listed(query, signal), look));
        if (found) return found;
      } catch (error) {
        passOver(error);
      }
    }
    return undefined;
  }

  /** Whether the server answers a repeated Idempotency-Key with the first answer. Where that is not certain: no. */
  async keepsKeys(signal: Signal): Promise<boolean> {
    if (!this.#caller.isOpenTopup) await this.#look(NIL_UUID, 0, signal).catch(passOver);
    return this.#caller.isOpenTopup;
  }

  /** Follows a pending sale to its end. */
  async follow(id: string, signal: Signal): Promise<TopupResult> {
    for (let look = 0; ; look++) {
      let wait_ms = Math.min(LOOK_LAST_MS, LOOK_FIRST_MS * 1.5 ** look);
      try {
        const result = standing(await this.#look(id, look, signal));
        if (result.status !== 'pending') return result;
      } catch (error) {
        if (!(error instanceof TravelB2BError) || !error.transient) throw error;
        wait_ms = Math.max(wait_ms, waitAfter(error, look));
      }
      await pause(wait_ms, signal);
    }
  }

  #look(id: string, attempt: number, signal: Signal): Promise<SuccessAnswer> {
    const operation = 'getDistributorTransactionDetail';
    return this.#caller.once({ operation, route: WIRE_ROUTES[operation], params: { id }, signal }, attempt);
  }
}

function listed(query: Record<string, unknown>, signal: Signal): Call {
  const operation = 'getDistributorTransactionList';
  return { operation, route: WIRE_ROUTES[operation], query, signal };
}

type Ask = Parameters<typeof eachPage>[0];

/** Searches all pages, in case the server does not filter by user. */
async function find(reference: string, ask: Ask): Promise<Transaction | undefined> {
  for await (const page of eachPage(ask, { user: reference })) {
    const transaction = madeBy(reference, page.filter(isTransaction));
    if (transaction) return transaction;
  }
  return undefined;
}

function standing({ body }: SuccessAnswer): TopupResult {
  if (isTransaction(body)) return resultOf(body);
  throw new UnreadableAnswerError('a transaction was asked for, and something else came', false);
}

/** Passes over whatever keeps a look from telling anything, unless the caller gives up. */
function passOver(error: unknown): void {
  if (error instanceof AbortedError || !(error instanceof TravelB2BError)) throw error;
}
