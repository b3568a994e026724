import type { ImportReport, OperatorOffer } from '@opentopup/contract';
import { server } from '../../../server.ts';
import { newPrice, type PriceRule } from './new-price.ts';
import type { FoundOffer } from './use-found-offers.ts';
import { importFile } from './use-import.ts';

/** An offer and what it is to be sold for; null where the rule gives no price. */
export interface NewPrice extends FoundOffer {
  price: number | null;
}

/** What became of new prices; stale where somebody has changed one of the old ones meanwhile, and nothing was done. */
export interface PricesChanged {
  report: ImportReport | null;
  isStale: boolean;
}

export const pricesBy = (offers: readonly FoundOffer[], rule: PriceRule, value: number): NewPrice[] =>
  offers.map((each) => ({ ...each, price: newPrice(each.offer, rule, value) }));

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Writes the file of offers that the import reads: what they are as they are now, with their new prices. */
function fileOf(rows: readonly { offer: OperatorOffer; price: number }[]): Uint8Array {
  const lines = rows.map(({ offer: { id, distributor_id, product_id, name }, price }) =>
    [id, distributor_id, product_id, name, String(price)].map(cell).join(','),
  );
  return new TextEncoder().encode(['id,distributor_id,product_id,name,resell_value', ...lines, ''].join('\n'));
}

/**
 * Changes the prices by the import of offers, all or none; or says what that would do. Offers are read once more before:
 * their names stay what they are by then, and prices that are not those that were looked at any more stop it.
 */
export async function changePrices(prices: readonly NewPrice[], isDryRun: boolean): Promise<PricesChanged> {
  const now = new Map(
    (await Array.fromAsync(server.operator.each('listOffers', { query: { limit: 1_000 } }))).map((each) => [
      each.id,
      each,
    ]),
  );
  const rows = prices.flatMap(({ offer, price }) => {
    const current = now.get(offer.id);
    return price === null || !current ? [] : [{ offer: current, before: offer.resell_value, price }];
  });
  if (rows.some(({ offer, before }) => offer.resell_value !== before)) return { report: null, isStale: true };
  if (rows.length === 0) return { report: null, isStale: false };
  return { report: await importFile('offers', fileOf(rows), isDryRun), isStale: false };
}
