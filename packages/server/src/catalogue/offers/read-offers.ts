import type { Context } from '../../context.ts';
import type { Catalogue, KnownOffer } from '../catalogue.cache.ts';
import type { OfferRow } from './offers.query.ts';

/** How often offers are read again that change while they are read. */
const MOST_TRIES = 50;

/**
 * Reads offers: what changes rarely from memory, their stock from the database, which tells whether memory is up to date.
 * @param known finds them in memory
 */
export async function readOffers(
  { store }: Pick<Context, 'store'>,
  known: (catalogue: Catalogue) => Promise<readonly KnownOffer[]>,
): Promise<OfferRow[]> {
  const { catalogue } = store;
  for (let tries = 1; ; tries += 1) {
    const offers = await known(catalogue);
    const stocks = await Promise.all(
      offers.map(({ distributor_id, id }) => store.available({ distributor_id, offer_id: id })),
    );
    const seen = Math.max(...stocks.map((stock) => stock?.catalogue_version ?? 0), 0);
    const isOld = await (seen === 0 ? catalogue.renew() : catalogue.catchUp(seen));
    if (isOld && tries < MOST_TRIES) continue;
    return offers.flatMap((offer, i) => {
      const stock = stocks[i];
      return stock ? [{ ...offer, available: stock.available, bucket_updated_at: stock.bucket_updated_at }] : [];
    });
  }
}
