import { BudgetSpent, type Guest, type Seen } from './guest.ts';

/** An offer, as far as checks look at it. */
export interface SeenOffer {
  id: string;
  name: string;
  bucket: number;
  resell_value: number;
  expiration_date?: string;
  /** What OpenTopup adds. */
  status?: string;
  /** The written guide's names, and those of the description. */
  distributor_fees?: number;
  distributor_fees_type?: string;
  distribution_fees?: number;
  distribution_fees_type?: string;
  product: { id: string; type: string; supplier_id: string; name?: string };
}

/** A transaction, as far as checks look at it. */
export interface SeenTransaction {
  id: string;
  status: string;
  creation_date: string;
  offer_id: string;
  user_id?: string;
  product_type?: string;
  resell_value?: number;
  parameters?: { msisdn?: string; simId?: string; activation_code?: string };
}

/** What is sold where selling is allowed. */
export interface Wares {
  /** The offer that is sold; without it, the cheapest that fits. */
  offer?: string;
  /** The number that is recharged. */
  msisdn: string;
  /** A number that the supplier refuses. */
  refused?: string;
  /** Nothing is delivered there, so that stocks may be sold out. */
  isSandbox: boolean;
}

/** A supplier, as far as checks look at it. */
export interface SeenSupplier {
  id: string;
  /** The written guide's; `none`: without connector. */
  connector_status?: string;
}

/** Suppliers by the ids of the published description. */
export const ORANGE_FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';
export const WELCOME_TRAVELERS = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';
/** An id that nobody has. */
export const NOBODYS = '01890000-0000-7000-8000-000000000000';

/** Units that one run takes at most, of all offers together. */
const MOST_UNITS = 16;
/** What an offer must have left, so that nobody misses what a run sells. */
const LEAST_BUCKET = 20;
const PAGE = 50;
const PAGES = 4;

const listIn = <T>({ status, body }: Seen): T[] => (status === 200 && Array.isArray(body) ? (body as T[]) : []);

/** What checks share: the server, what it told before, and what may be sold. */
export class Workbench {
  readonly guest: Guest;
  readonly wares: Wares;
  /** Units that orders have taken, as far as the server has told. */
  units = 0;
  /** Transactions of this run. */
  readonly sold: SeenTransaction[] = [];
  #offers: Promise<SeenOffer[]> | null = null;
  #transactions: Promise<SeenTransaction[]> | null = null;
  #suppliers: Promise<SeenSupplier[]> | null = null;

  constructor(guest: Guest, wares: Wares) {
    this.guest = guest;
    this.wares = wares;
  }

  /** Up to 200 offers, as they were when they were first asked for. */
  offers(): Promise<SeenOffer[]> {
    this.#offers ??= this.#allOffers();
    return this.#offers;
  }

  /** Transactions that were there before, the newest of them. */
  transactions(): Promise<SeenTransaction[]> {
    this.#transactions ??= this.guest.get(`/distributors/transactions?limit=${PAGE}`).then(listIn<SeenTransaction>);
    return this.#transactions;
  }

  suppliers(): Promise<SeenSupplier[]> {
    this.#suppliers ??= this.guest.get('/distributors/suppliers').then(listIn<SeenSupplier>);
    return this.#suppliers;
  }

  /** The offer that is sold. */
  async offerToSell(): Promise<SeenOffer | undefined> {
    const offers = await this.offers();
    if (this.wares.offer !== undefined) return offers.find(({ id }) => id === this.wares.offer);
    return offers
      .filter(({ product, expiration_date }) => product?.supplier_id === ORANGE_FRANCE && expiration_date === undefined)
      .filter(({ product, bucket }) => product.type === 'topup' && bucket >= LEAST_BUCKET)
      .toSorted((a, b) => a.resell_value - b.resell_value)
      .find(({ status = 'available' }) => status === 'available');
  }

  /** How many units an offer has now. */
  async bucketOf(id: string): Promise<number | undefined> {
    const { body } = await this.guest.get(`/distributors/offers/${id}`);
    const offer = (Array.isArray(body) ? body[0] : body) as Partial<SeenOffer> | undefined;
    return offer?.bucket;
  }

  /** Sends an order. Units that may have been taken are counted before, so that no run takes more than it may. */
  async order(body: unknown, headers: Record<string, string> = {}): Promise<Seen> {
    if (this.units >= MOST_UNITS) throw new BudgetSpent();
    this.units++;
    const seen = await this.guest.send('POST', '/distributors/transactions', { body, headers });
    const { id } = (seen.body ?? {}) as Partial<SeenTransaction>;
    // What is answered a second time was not sold a second time; what an error of the server's leaves open may have been.
    const isRefused = seen.status >= 400 && seen.status < 500;
    if (isRefused || this.sold.some((each) => each.id === id)) this.units--;
    else if (seen.status === 201 && typeof id === 'string') this.sold.push(seen.body as SeenTransaction);
    return seen;
  }

  async #allOffers(): Promise<SeenOffer[]> {
    const all: SeenOffer[] = [];
    for (let page = 0; page < PAGES; page++) {
      const offset = page * PAGE;
      const some = listIn<SeenOffer>(await this.guest.get(`/distributors/offers?offset=${offset}&limit=${PAGE}`));
      all.push(...some.filter((each) => typeof each?.id === 'string'));
      if (some.length < PAGE) break;
    }
    return all;
  }
}
