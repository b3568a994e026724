import { type Absence, there } from '../check.ts';
import type { SeenOffer, Workbench } from '../workbench.ts';

/** Finds the offer that is sold. */
export const offerToSell = async (bench: Workbench): Promise<SeenOffer> =>
  there(await bench.offerToSell(), 'offer_to_sell');

/** Finds an offer of a kind. */
export const offerThat =
  (fits: (offer: SeenOffer) => boolean, absence: Absence['of']) =>
  async (bench: Workbench): Promise<SeenOffer> =>
    there((await bench.offers()).find(fits), absence);
