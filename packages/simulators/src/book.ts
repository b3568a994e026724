/** An order that was taken. */
export interface BookedOrder {
  id: number;
  /** The client's own name for it. */
  reference: string;
  /** Whom it is for, as the client wrote it; null for what needs nobody. */
  line: string | null;
  /** The vendor's name of what was ordered. */
  product: string;
  /** In minor units. */
  cost: number;
  state: 'held' | 'delivered' | 'refused' | 'reversed';
  created_at: Date;
  /** When it was delivered; a reversal does not undo that it was. */
  delivered_at: Date | null;
}

type NewOrder = Pick<BookedOrder, 'reference' | 'line' | 'product' | 'cost'>;

/** What an account has, in minor units. */
export interface AccountBalance {
  available: number;
  holding: number;
}

/** The orders of an account and its money, in memory. An order holds its cost until it is delivered or refused. */
export class Book {
  readonly balance: AccountBalance = { available: 0, holding: 0 };
  /** How far below zero it may fall. */
  lends = 0;
  readonly #orders = new Map<number, BookedOrder>();
  readonly #byReference = new Map<string, BookedOrder[]>();

  /** @param available what the account begins with, in minor units */
  constructor(available: number) {
    this.balance.available = available;
  }

  /** Takes an order and holds its cost. @returns null where there is not enough */
  hold(order: NewOrder): BookedOrder | null {
    if (order.cost > this.balance.available + this.lends) return null;
    this.#move(-order.cost, order.cost);
    // As long as those of real accounts: whoever keeps ids in 32 bits is to notice.
    const id = 2_200_000_001 + this.#orders.size;
    const booked: BookedOrder = { ...order, id, state: 'held', created_at: new Date(), delivered_at: null };
    this.#orders.set(id, booked);
    this.#byReference.set(order.reference, [...this.findByReference(order.reference), booked]);
    return booked;
  }

  /** Ends an order and moves its money. @returns false where it has ended otherwise before */
  settle(order: BookedOrder, state: 'delivered' | 'refused' | 'reversed'): boolean {
    const { cost } = order;
    if (order.state !== (state === 'reversed' ? 'delivered' : 'held')) return false;
    if (state === 'delivered') this.#move(0, -cost);
    else if (state === 'refused') this.#move(cost, -cost);
    else this.#move(cost, 0);
    if (state === 'delivered') order.delivered_at = new Date();
    order.state = state;
    return true;
  }

  find(id: number): BookedOrder | undefined {
    return this.#orders.get(id);
  }

  /** Lists the orders of a reference: vendors that do not look at it take several. */
  findByReference(reference: string): BookedOrder[] {
    return this.#byReference.get(reference) ?? [];
  }

  /** Lists all orders, the oldest first. */
  list(): BookedOrder[] {
    return [...this.#orders.values()];
  }

  #move(available: number, holding: number): void {
    this.balance.available += available;
    this.balance.holding += holding;
  }
}
