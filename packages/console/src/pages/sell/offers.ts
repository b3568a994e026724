import type { OfferLight } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** Gives all that the distributor may sell. */
export function useOffers() {
  return useQuery({
    queryKey: ['offers'],
    queryFn: () => Array.fromAsync(server.operations.each('getDistributorOfferList', { query: { limit: 1_000 } })),
    refetchInterval: 30_000,
    enabled: useMay()('getDistributorOfferList'),
  });
}

/** Tells why an offer cannot be sold now; null where it can. */
export function hindrance(offer: OfferLight): 'empty' | 'expired' | 'stopped' | null {
  if (offer.expiration_date && new Date(offer.expiration_date) < new Date()) return 'expired';
  if (offer.status !== 'available') return 'stopped';
  return offer.bucket === 0 ? 'empty' : null;
}

/** Gives the country that an offer is for: of its numbers, or where its product works, if that is one. */
export function offerCountry({ product }: OfferLight): string | undefined {
  if (product.line_country) return product.line_country;
  return product.coverage_zone.length === 1 ? product.coverage_zone[0]?.iso_code : undefined;
}
