import type { OperatorOffer, Product } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../../../parts/use-address.ts';
import { useAllOffers, useDistributors } from '../../../parts/use-all-offers.ts';
import { server } from '../../../server.ts';

/** Whether offers are sold, and what is left of their price. */
export const OFFER_STATES = ['available', 'stopped', 'atLoss', 'noCost'] as const;
type OfferState = (typeof OFFER_STATES)[number];

const isIn: Record<OfferState, (offer: OperatorOffer) => boolean> = {
  available: ({ status }) => status === 'available',
  stopped: ({ status }) => status !== 'available',
  atLoss: ({ cost, resell_value }) => cost !== undefined && cost > resell_value,
  noCost: ({ cost }) => cost === undefined,
};

const NAMES = ['distributor', 'supplier', 'product', 'state'] as const;

/** Gives every product, for the operator. */
export function useProducts() {
  return useQuery({
    queryKey: ['products'],
    queryFn: () => Array.fromAsync(server.operator.each('listProducts', { query: { limit: 1_000 } })),
  });
}

/** An offer, with what belongs to it. */
export interface FoundOffer {
  offer: OperatorOffer;
  owner: string;
  product: Product | undefined;
}

/** Gives the offers that the filters in the address of the page let through, with their distributors and products. */
export function useFoundOffers(isFound: (...names: string[]) => boolean) {
  const offers = useAllOffers();
  const distributors = useDistributors();
  const products = useProducts();
  const [filters, change] = useAddress(NAMES);
  const productOf = new Map(products.data?.map((product) => [product.id, product]));
  const names = new Map(distributors.data?.map(({ id, name }) => [id, name]));
  const isState = isIn[filters.state as OfferState] ?? (() => true);
  const all = offers.data?.map(
    (offer): FoundOffer => ({
      offer,
      owner: names.get(offer.distributor_id) ?? '',
      product: productOf.get(offer.product_id),
    }),
  );
  const found = all?.filter(
    ({ offer, owner, product }) =>
      isState(offer) &&
      (!filters.distributor || offer.distributor_id === filters.distributor) &&
      (!filters.supplier || product?.supplier_id === filters.supplier) &&
      (!filters.product || offer.product_id === filters.product) &&
      isFound(offer.name, owner, product?.name ?? '', offer.id),
  );
  return { found, filters, change, error: offers.error ?? distributors.error ?? products.error };
}
