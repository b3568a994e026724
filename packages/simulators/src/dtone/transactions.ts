import { setTimeout as sleep } from 'node:timers/promises';
import type { BookedOrder } from '../book.ts';
import type { DialectParts, VendorAnswer, VendorRequest } from '../dialect.ts';
import { dtoneError, dtonePage, pageOf } from './answers.ts';
import type { DtoneProduct } from './catalogue.ts';
import { type OrderedValue, readOrder } from './read-order.ts';
import { DTONE_STATUSES, type DtoneClass, type DtoneStatus, endingOf } from './statuses.ts';
import { costOfValue, transactionTerms } from './wire.ts';

interface DtoneTransaction {
  order: BookedOrder;
  ordered: OrderedValue;
  status: DtoneStatus;
  confirmed_at: Date | null;
  hasPin: boolean;
}

/** So long an order may wait to be confirmed. */
const EXPIRES_AFTER_MS = 3_600_000;
/** How long the vendor keeps a connection open where it was asked to. */
const SYNC_MS = 180_000;
/** How long an order is confirmed before the operator has it. */
const SUBMITTED_AFTER_MS = 1_000;
const DAY_MS = 86_400_000;
const POLL_MS = 5;
/** Classes from which a transaction goes on, and what the others do to the money. */
const SETTLES: Readonly<Record<DtoneClass, 'delivered' | 'refused' | 'reversed' | null>> = {
  CREATED: null,
  CONFIRMED: null,
  SUBMITTED: null,
  COMPLETED: 'delivered',
  REJECTED: 'refused',
  DECLINED: 'refused',
  CANCELLED: 'refused',
  REVERSED: 'reversed',
};

const statusOf = (name: string): DtoneStatus => {
  const status = DTONE_STATUSES.get(name);
  if (!status) throw new Error(`no status ${name}`);
  return status;
};

/**
 * Reads which time is asked for, with both its ends; null for what is none, or longer than a day.
 * @param isAny without dates, whatever time
 */
function spanOf(query: URLSearchParams, isAny: boolean): { from: number; to: number } | null {
  const [from_date, to_date] = [query.get('from_date'), query.get('to_date')];
  if (from_date === null && to_date === null) return { from: isAny ? 0 : Date.now() - DAY_MS, to: Infinity };
  const to = to_date === null ? Date.now() : Date.parse(to_date);
  const from = from_date === null ? to - DAY_MS : Date.parse(from_date);
  return from <= to && to - from <= DAY_MS ? { from, to } : null;
}

/** The transactions of the account, from order to end. */
export class DtoneTransactions {
  readonly #all = new Map<number, DtoneTransaction>();
  readonly #parts: DialectParts;
  readonly #products: ReadonlyMap<number, DtoneProduct>;

  constructor(parts: DialectParts, products: ReadonlyMap<number, DtoneProduct>) {
    this.#parts = parts;
    this.#products = products;
  }

  /** Takes an order; where it `waits`, answers when it has ended, or the vendor waits no longer. */
  async create({ body }: VendorRequest, waits: boolean): Promise<VendorAnswer> {
    const { book } = this.#parts;
    const ordered = readOrder(body, this.#products);
    if ('status' in ordered) return ordered;
    if (book.findByReference(ordered.external_id).length > 0) return dtoneError(1007001);
    const { external_id: reference, product, line, value } = ordered;
    const order = book.hold({ reference, line, product: String(product.id), cost: costOfValue(value) });
    if (!order) return dtoneError(1006001);
    const hasPin = product.type === 'FIXED_VALUE_PIN_PURCHASE';
    const created = { order, ordered, status: statusOf('CREATED'), confirmed_at: null, hasPin };
    this.#all.set(order.id, created);
    if (ordered.auto_confirm) this.#begin(created);
    if (waits && ordered.auto_confirm) await this.#ended(created);
    return { status: 201, body: this.#wire(created, false) };
  }

  async confirm({ places }: VendorRequest, waits: boolean): Promise<VendorAnswer> {
    const found = this.#all.get(Number(places['id']));
    if (!found) return dtoneError(1008004);
    if (found.confirmed_at) return dtoneError(1007002);
    if (found.status.class.message !== 'CREATED' || Date.now() > this.#expiryOf(found)) return dtoneError(1007004);
    this.#begin(found);
    if (waits) await this.#ended(found);
    return { status: 202, body: this.#wire(found, false) };
  }

  cancel({ places }: VendorRequest): VendorAnswer {
    const found = this.#all.get(Number(places['id']));
    if (!found) return dtoneError(1008004);
    if (found.status.message === 'CANCELLED') return dtoneError(1007005);
    if (found.status.message !== 'CREATED' || !this.end(found.order, 'CANCELLED')) return dtoneError(1007007);
    return { status: 202, body: this.#wire(found, false) };
  }

  find({ places }: VendorRequest): VendorAnswer {
    const found = this.#all.get(Number(places['id']));
    return found ? { status: 200, body: this.#wire(found, true) } : dtoneError(1008004);
  }

  /** Lists by the client's reference at any age; without one what is of a time, or no older than a day. */
  list({ query }: VendorRequest): VendorAnswer {
    const reference = query.get('external_id');
    const span = spanOf(query, reference !== null);
    if (reference === '' || !span) return dtoneError(1000400);
    const { book } = this.#parts;
    const orders = reference === null ? book.list() : book.findByReference(reference);
    const meant = orders.filter(({ created_at }) => span.from <= +created_at && +created_at <= span.to);
    if (reference !== null && meant.length === 0) return dtoneError(1008004);
    const found = meant.flatMap(({ id }) => this.#all.get(id) ?? []);
    return dtonePage(
      found.map((each) => this.#wire(each, true)),
      pageOf(query),
    );
  }

  /** Brings a transaction to a status. @returns false where there is no such, or it cannot come to it any more */
  end(order: BookedOrder, ending: string): boolean {
    const found = this.#all.get(order.id);
    const status = DTONE_STATUSES.get(ending);
    if (!found || !status) return false;
    const settled = SETTLES[status.class.message];
    const isDone = settled ? this.#parts.book.settle(order, settled) : order.state === 'held';
    if (!isDone) return false;
    found.status = status;
    const { callback_url } = found.ordered;
    if (settled && callback_url !== null) this.#parts.callbacks.send(callback_url, this.#wire(found, true));
    return true;
  }

  #begin(begun: DtoneTransaction): void {
    const { pace, takeEnding } = this.#parts;
    const { order } = begun;
    const { ending, after_ms, hasPin } = endingOf(order.line);
    begun.hasPin ||= hasPin;
    begun.confirmed_at = new Date();
    begun.status = statusOf('CONFIRMED');
    const planned = takeEnding() ?? ending;
    pace.later(SUBMITTED_AFTER_MS, () => this.end(order, 'SUBMITTED'));
    pace.later(after_ms, () => this.end(order, planned));
  }

  async #ended({ order }: DtoneTransaction): Promise<void> {
    const until = Date.now() + SYNC_MS / this.#parts.pace.speed;
    while (order.state === 'held' && Date.now() < until) await sleep(POLL_MS);
  }

  #expiryOf = ({ order }: DtoneTransaction): number => order.created_at.getTime() + EXPIRES_AFTER_MS;

  #wire(of: DtoneTransaction, isRead: boolean): object {
    const { order, ordered, status, confirmed_at, hasPin } = of;
    const isDelivered = order.delivered_at !== null;
    const pin = { code: `${order.id}`.padStart(14, '7'), serial: `S${order.id}` };
    return {
      id: order.id,
      external_id: ordered.external_id,
      creation_date: order.created_at.toISOString(),
      confirmation_expiration_date: new Date(this.#expiryOf(of)).toISOString(),
      ...(confirmed_at && { confirmation_date: confirmed_at.toISOString() }),
      status,
      operator_reference: isDelivered ? `OP${order.id}` : null,
      pin: isDelivered && hasPin ? pin : null,
      ...transactionTerms(ordered.product, ordered.value),
      sender: null,
      beneficiary: null,
      debit_party_identifier: null,
      credit_party_identifier: ordered.credit_party_identifier,
      statement_identifier: null,
      additional_identifier: null,
      ...(isRead && ordered.callback_url !== null && { callback_url: ordered.callback_url }),
    };
  }
}
