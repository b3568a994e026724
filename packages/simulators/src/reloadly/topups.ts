import type { BookedOrder } from '../book.ts';
import type { DialectParts, VendorAnswer, VendorRequest } from '../dialect.ts';
import { type ReloadlyError, reloadlyError, reloadlyPage, reloadlyRefusal, writtenAt } from './answers.ts';
import { costOf, delivered, inCents, RELOADLY_CURRENCY } from './catalogue.ts';
import { endingOfNumber, type ReloadlyState, readEnding, type TopupEnding } from './endings.ts';
import { signNotification } from './notification.ts';
import { type OrderedTopup, readTopup } from './read-topup.ts';

interface ReloadlyTopup {
  order: BookedOrder;
  ordered: OrderedTopup;
  state: ReloadlyState;
  code: ReloadlyError | null;
  /** What was on the account after it, in minor units. */
  left: number;
}

const CENTS = 100;
/** What the vendor needs before it has written an order down: until then it does not know that it has it. */
const TAKES_MS = 200;
/** How long the vendor keeps a connection open. */
const SYNC_MS = 60_000;
/** So long a phone may not be recharged again. */
const RECENTLY_MS = 120_000;
const LONGEST_REPORT = 500;
const SETTLES: Readonly<Record<ReloadlyState, 'delivered' | 'refused' | null>> = {
  PROCESSING: null,
  SUCCESSFUL: 'delivered',
  REFUNDED: 'refused',
  FAILED: 'refused',
};

/** The orders of the account. */
export class ReloadlyTopups {
  /** How long an order is missing in the report. */
  reportDelay_ms = 0;
  readonly #all = new Map<number, ReloadlyTopup>();
  readonly #parts: DialectParts;

  constructor(parts: DialectParts) {
    this.#parts = parts;
  }

  /** Takes an order, and answers with where to ask for it. */
  async createAsync(request: VendorRequest): Promise<VendorAnswer> {
    const taken = await this.#take(request);
    return 'order' in taken ? { status: 200, body: { transactionId: taken.order.id } } : taken;
  }

  /** Takes an order, and answers when it has ended, or the vendor waits no longer. */
  async create(request: VendorRequest): Promise<VendorAnswer> {
    const taken = await this.#take(request);
    if (!('order' in taken)) return taken;
    const { pace } = this.#parts;
    const until = Date.now() + SYNC_MS / pace.speed;
    while (taken.state === 'PROCESSING' && Date.now() < until) await pace.waitExactly(5);
    const isDone = taken.state === 'SUCCESSFUL' || taken.state === 'PROCESSING';
    return { status: 200, body: isDone ? this.#wire(taken, true) : this.#status(taken) };
  }

  status(request: VendorRequest): VendorAnswer {
    const found = this.#all.get(Number(request.places['id']));
    return found ? { status: 200, body: this.#status(found) } : reloadlyError('TRANSACTION_NOT_FOUND', request);
  }

  find(request: VendorRequest): VendorAnswer {
    const found = this.#all.get(Number(request.places['id']));
    return found && this.#isReported(found)
      ? { status: 200, body: this.#wire(found, false) }
      : reloadlyRefusal(404, 'Transaction not found', request);
  }

  /** Lists orders, the oldest first; identifiers are searched without regard to case. */
  list({ query }: VendorRequest): VendorAnswer {
    const asks = (name: string, value: string): boolean =>
      (query.get(name) ?? value).toLowerCase() === value.toLowerCase();
    const [from, to] = [query.get('startDate') ?? '', query.get('endDate') ?? '~'];
    const meant = [...this.#all.values()].filter((each) => {
      const { operator, customIdentifier } = each.ordered;
      const at = writtenAt(each.order.created_at);
      return (
        this.#isReported(each) &&
        asks('customIdentifier', customIdentifier ?? '') &&
        asks('countryCode', operator.country.isoName) &&
        asks('operatorId', String(operator.id)) &&
        asks('operatorName', operator.name) &&
        at >= from &&
        at <= to
      );
    });
    return reloadlyPage(
      meant.map((each) => this.#wire(each, false)),
      query,
      LONGEST_REPORT,
    );
  }

  /** Brings an order to a state. @returns false where there is no such, or it cannot come to it any more */
  end(order: BookedOrder, ending: string): boolean {
    const found = this.#all.get(order.id);
    const read = readEnding(ending);
    return found !== undefined && read !== null && !read.isRefusal && this.#end(found, read);
  }

  #end(topup: ReloadlyTopup, { state, code }: TopupEnding): boolean {
    const { book, callbacks } = this.#parts;
    const { order } = topup;
    const settled = SETTLES[state];
    const isReversal = settled === 'refused' && order.state === 'delivered';
    if (settled && !book.settle(order, isReversal ? 'reversed' : settled)) return false;
    if (!settled && order.state !== 'held') return false;
    Object.assign(topup, { state, code });
    if (settled) {
      const told = { type: 'airtime_transaction.status', data: this.#wire(topup, true) };
      callbacks.notify(told, signNotification);
    }
    return true;
  }

  async #take(request: VendorRequest): Promise<ReloadlyTopup | VendorAnswer> {
    const { book, pace, takeEnding } = this.#parts;
    const ordered = readTopup(request);
    if ('status' in ordered) return ordered;
    const { operator, amount, isLocal, customIdentifier, recipient } = ordered;
    const planned = takeEnding();
    const ending = (planned === null ? null : readEnding(planned)) ?? endingOfNumber(recipient);
    if (ending.isRefusal && ending.code) return reloadlyError(ending.code, request);
    if (customIdentifier !== null && book.findByReference(customIdentifier).length > 0) {
      return reloadlyError('CUSTOM_IDENTIFIER_ALREADY_USED', request);
    }
    if (this.#wasRecharged(recipient)) return reloadlyError('PHONE_RECENTLY_RECHARGED', request);
    // Orders of one identifier that come meanwhile are taken, too.
    await pace.wait(TAKES_MS);
    const cost = costOf(operator, amount, isLocal);
    const order = book.hold({
      reference: customIdentifier ?? '',
      line: recipient,
      product: String(operator.id),
      cost,
    });
    if (!order) return reloadlyError('INSUFFICIENT_BALANCE', request);
    const taken: ReloadlyTopup = { order, ordered, state: 'PROCESSING', code: null, left: book.balance.available };
    this.#all.set(order.id, taken);
    if (ending.state !== 'PROCESSING') pace.later(ending.after_ms, () => this.#end(taken, ending));
    return taken;
  }

  #wasRecharged(recipient: string): boolean {
    const since = Date.now() - RECENTLY_MS / this.#parts.pace.speed;
    return [...this.#all.values()].some(
      ({ order, ordered }) =>
        ordered.recipient === recipient && order.state !== 'refused' && order.created_at.getTime() > since,
    );
  }

  #isReported = ({ order }: ReloadlyTopup): boolean => Date.now() >= order.created_at.getTime() + this.reportDelay_ms;

  /** An order that is under way, or has failed, is not told itself. */
  #status(topup: ReloadlyTopup): object {
    const { state, code } = topup;
    const isFailed = state === 'REFUNDED' || state === 'FAILED';
    const message = isFailed ? 'The operator has not carried out the transaction' : null;
    return { code, message, status: state, transaction: state === 'SUCCESSFUL' ? this.#wire(topup, true) : null };
  }

  #wire({ order, ordered, state, left }: ReloadlyTopup, hasBalance: boolean): object {
    const { operator, amount, isLocal, customIdentifier, recipient, sender } = ordered;
    const local = operator.country.currencyCode;
    const at = writtenAt(order.created_at);
    const { id } = order;
    const isPin = operator.sells === 'pin' && order.delivered_at !== null;
    return {
      transactionId: id,
      status: state,
      operatorTransactionId: order.delivered_at ? `OP${id}` : null,
      customIdentifier,
      recipientPhone: recipient,
      recipientEmail: null,
      senderPhone: sender,
      countryCode: operator.country.isoName,
      operatorId: operator.id,
      operatorName: operator.name,
      discount: isLocal ? 0 : inCents((amount * operator.discount) / 100),
      discountCurrencyCode: RELOADLY_CURRENCY,
      requestedAmount: amount,
      requestedAmountCurrencyCode: isLocal ? local : RELOADLY_CURRENCY,
      deliveredAmount: isLocal ? amount : delivered(operator, amount),
      deliveredAmountCurrencyCode: local,
      transactionDate: at,
      pinDetail: isPin ? pinWire(id) : null,
      balanceInfo: hasBalance
        ? {
            oldBalance: (left + order.cost) / CENTS,
            newBalance: left / CENTS,
            currencyCode: RELOADLY_CURRENCY,
            currencyName: 'US Dollar',
            updatedAt: at,
          }
        : null,
    };
  }
}

const pinWire = (id: number): object => ({
  serial: `S${id}`,
  info1: 'Dial *100# and enter the code',
  info2: 'Dial *100# and enter the code',
  info3: 'Dial *100# and enter the code',
  value: null,
  code: `${id}`.padStart(14, '7'),
  ivr: '100',
  validity: '30 days',
});
