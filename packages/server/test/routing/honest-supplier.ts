import type { CallbackNews, Connector, Cost, Found, Outcome, Recharge } from '../../src/connectors/connector.ts';

/** What a supplier makes of an order, and what comes back of it. */
export interface Fate {
  /** `never`: it is never sent, and that is known. `lost`: it does not arrive, or does, but nobody hears of it. */
  way: 'never' | 'lost' | 'lost_before' | 'answered';
  does: 'delivers' | 'refuses' | 'refuses_line' | 'delivers_later' | 'refuses_later';
}

type Entry = 'delivered' | 'refused' | 'refused_line' | 'working';

const REFUSED: Record<'refused' | 'refused_line', Outcome> = {
  refused: { outcome: 'ko', reason: 'supplier_refused', message: 'the operator is out' },
  refused_line: { outcome: 'ko', reason: 'line_barred', message: 'line barred' },
};
const ENTRIES: Record<Fate['does'], Entry> = {
  delivers: 'delivered',
  refuses: 'refused',
  refuses_line: 'refused_line',
  delivers_later: 'working',
  refuses_later: 'working',
};

/** Nothing arrives so long after it was sent. */
const CONCLUSIVE_S = 60;

/** A supplier that says what is in its books, and nothing else; messages to it and from it may be lost. */
export class HonestSupplier {
  readonly books = new Map<string, Entry>();
  /** What it will have done in the end of what it is working on. */
  readonly #later = new Map<string, Entry>();
  #onEntry = (): void => {};
  /** What it says that a delivery has cost; null where it does not. */
  cost: Cost | null = null;
  /** Of the orders that come. */
  fate: Fate = { way: 'answered', does: 'delivers' };
  readonly connector: Connector;

  /**
   * @param isConclusive whether that it knows nothing of an order is proof, after a while
   * @param travel resolves once what is sent has come to its end: at once
   */
  constructor(isConclusive = true, travel: () => Promise<void> = async () => {}, now: () => Date = () => new Date()) {
    this.connector = {
      recharge: async (recharge) => {
        const { way, does } = this.fate;
        if (way === 'never') return { outcome: 'ko', reason: 'supplier_unavailable', message: 'never sent: refused' };
        const sent_at = now().getTime();
        await travel();
        const isLate = now().getTime() - sent_at >= CONCLUSIVE_S * 1_000;
        if (way !== 'lost_before' && !isLate) this.#enter(recharge, does);
        await travel();
        return way === 'answered' && !isLate ? this.tell(recharge.reference) : { outcome: 'unknown', cause: 'cut' };
      },
      lookup: async ({ reference }) => {
        await travel();
        const found: Found = this.books.has(reference) ? this.tell(reference) : { outcome: 'not_found' };
        await travel();
        return found;
      },
      ...(isConclusive && { conclusiveAfter_s: () => CONCLUSIVE_S }),
      readCallback: ({ body }) => JSON.parse(body.toString()) as CallbackNews,
    };
  }

  /** Waits for the first order. */
  has(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEntry = resolve;
    });
  }

  #enter({ reference }: Recharge, does: Fate['does']): void {
    if (this.books.has(reference)) throw new Error(`${reference} was sent twice`);
    this.books.set(reference, ENTRIES[does]);
    this.#onEntry();
    if (does === 'delivers_later') this.#later.set(reference, 'delivered');
    if (does === 'refuses_later') this.#later.set(reference, 'refused');
  }

  /** Comes to the end of all that it is working on. */
  finish(): void {
    for (const [reference, entry] of this.#later) this.books.set(reference, entry);
    this.#later.clear();
  }

  /** What its books say of an order. */
  tell(reference: string): Outcome {
    const entry = this.books.get(reference);
    if (entry === 'refused' || entry === 'refused_line') return REFUSED[entry];
    return entry === 'delivered'
      ? { outcome: 'ok', supplier_reference: `R ${reference}`, ...(this.cost && { cost: this.cost }) }
      : { outcome: 'unknown', cause: 'it works on it' };
  }

  /** How often it has delivered an order, in whichever attempts. */
  delivered(transactionId: string): number {
    return [...this.books].filter(([of, entry]) => of.startsWith(transactionId) && entry === 'delivered').length;
  }
}
