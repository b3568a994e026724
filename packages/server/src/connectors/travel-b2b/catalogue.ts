import type { Offer, TravelB2B } from '@opentopup/client';
import { SupplierFault } from '../call.ts';
import type { SupplierProduct } from '../connector.ts';
import type { TravelB2BSettings } from './settings.ts';

/** Of the suppliers of the published API, the one whose SIMs are named by their serials. */
const WELCOME_TRAVELERS = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';

/** No server has more to sell; one that goes on for ever would fill the memory. */
const MOST_OFFERS = 20_000;

/** Tells what a recharge is, by what the metadata says that it brings. */
function kindOf({ product }: Offer): SupplierProduct['transaction_type'] {
  if (product.type !== 'topup') return product.type;
  const { data_amount, airtime_duration } = product.metadata ?? {};
  if (data_amount !== undefined) return airtime_duration === undefined ? 'data topup' : 'bundle topup';
  return 'airtime topup';
}

function productOf(offer: Offer): SupplierProduct {
  const { product } = offer;
  const topupLine = product.supplier_id === WELCOME_TRAVELERS ? 'simId' : 'msisdn';
  return {
    supplier_reference: offer.id,
    name: offer.name,
    type: product.type,
    transaction_type: kindOf(offer),
    line_kind: product.type === 'eSim' ? null : topupLine,
    coverage_zone: product.coverage_zone.map(({ iso_code }) => iso_code),
    tags: product.tags ?? [],
    currency: product.reference_currency,
    bonus_value: product.bonus_value ?? 0,
    cost: offer.resell_value,
    metadata: product.metadata ?? {},
  };
}

/** Tells whether the other server sells an offer now, as far as it says. */
const isSold = ({ status, expiration_date }: Offer): boolean =>
  (status ?? 'available') === 'available' && !(expiration_date && Date.parse(expiration_date) <= Date.now());

/** So many products make a page. */
const PAGE = 500;

/** Reads what may be sold from the other server: its offers to us, all or those of one of its suppliers. */
export async function* readProducts(
  client: TravelB2B,
  { supplier_id }: TravelB2BSettings,
  signal: AbortSignal,
): AsyncGenerator<SupplierProduct[]> {
  let page: SupplierProduct[] = [];
  let offers = 0;
  for await (const offer of client.offers.list({ signal })) {
    offers += 1;
    if (offers > MOST_OFFERS) throw new SupplierFault(`its catalogue has more than ${MOST_OFFERS} offers`);
    const isMeant = supplier_id === undefined || offer.product.supplier_id === supplier_id;
    if (isMeant && isSold(offer)) page.push(productOf(offer));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
