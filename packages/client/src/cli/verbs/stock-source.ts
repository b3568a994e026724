import type { StockStanding } from '@opentopup/contract';
import type { Offer, TravelB2B } from '../../index.ts';
import type { CliSession } from '../session.ts';
import { offerId } from './find-offer.ts';
import { askPace, countPace, type SalesPace } from './stock-pace.ts';

/** Stock changes by the second, a pace does not. */
const PACE_EVERY_MS = 60_000;
/** Of more offers than this, the pace is told only where they are named: each one asks the server a question, or 14. */
const MOST_ASKED = 200;
const MOST_COUNTED = 20;

/** An offer's stock. */
export interface WatchedStock {
  offer: Offer;
  pace?: SalesPace;
  /** Where the server tells it. */
  standing?: StockStanding;
}

/** Looks at stocks again and again; at their paces now and then. */
export class StockSource {
  readonly #session: CliSession;
  readonly #client: TravelB2B;
  readonly #named: string[];
  #ids: Set<string> | undefined;
  readonly #paces = new Map<string, SalesPace>();
  #paced_ms = Number.NEGATIVE_INFINITY;

  constructor(session: CliSession, named: string[]) {
    this.#session = session;
    this.#client = session.client();
    this.#named = named;
  }

  async look(): Promise<WatchedStock[]> {
    const offers: Offer[] = [];
    const ids = await this.#wanted();
    for await (const offer of this.#client.offers.list(this.#session)) {
      if (ids.size === 0 || ids.has(offer.id)) offers.push(offer);
    }
    // What keeps keys is an OpenTopup; other servers can be asked for neither a forecast nor a level.
    const forecasts = await this.#client.keepsKeys(this.#session);
    const standings = new Map<string, StockStanding>();
    if (forecasts) {
      for await (const each of this.#client.opentopup.stocks({}, this.#session)) standings.set(each.offer_id, each);
    }
    await this.#pace(offers, forecasts);
    return offers.map((offer) => {
      const pace = this.#paces.get(offer.id);
      const standing = standings.get(offer.id);
      return { offer, ...(pace && { pace }), ...(standing && { standing }) };
    });
  }

  async #wanted(): Promise<Set<string>> {
    if (!this.#ids) {
      this.#ids = new Set();
      for (const name of this.#named) this.#ids.add(await offerId(this.#session, this.#client, name));
    }
    return this.#ids;
  }

  async #pace(offers: readonly Offer[], forecasts: boolean): Promise<void> {
    const now_ms = performance.now();
    const most = forecasts ? MOST_ASKED : MOST_COUNTED;
    if (now_ms - this.#paced_ms < PACE_EVERY_MS || (this.#named.length === 0 && offers.length > most)) return;
    this.#paced_ms = now_ms;
    const { signal } = this.#session;
    for (const { id, bucket } of offers) {
      const pace = forecasts ? askPace(this.#client, id, signal) : countPace(this.#client, id, bucket, signal);
      this.#paces.set(id, await pace);
    }
  }
}
