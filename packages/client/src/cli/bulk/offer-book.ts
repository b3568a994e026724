import type { Offer } from '../../index.ts';
import { isCalled } from '../verbs/find-offer.ts';

/** The offers that somebody may sell, by what they are called in a file. */
export class OfferBook {
  readonly #byId = new Map<string, Offer>();
  readonly #named = new Map<string, readonly Offer[]>();

  constructor(offers: Iterable<Offer>) {
    for (const offer of offers) this.#byId.set(offer.id, offer);
  }

  get(id: string): Offer | undefined {
    return this.#byId.get(id);
  }

  /** The offer that has this id, or all that have this name. */
  called(named: string): readonly Offer[] {
    const known = this.#named.get(named) ?? this.#find(named);
    this.#named.set(named, known);
    return known;
  }

  #find(named: string): readonly Offer[] {
    const offer = this.#byId.get(named.toLowerCase());
    return offer ? [offer] : [...this.#byId.values()].filter(({ name }) => isCalled(name, named));
  }
}
