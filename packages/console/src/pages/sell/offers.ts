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

/** Gives the country that an offer is for: of its numbers, or where its product works, if that is one. */
export function offerCountry({ product }: OfferLight): string | undefined {
  if (product.line_country) return product.line_country;
  return product.coverage_zone.length === 1 ? product.coverage_zone[0]?.iso_code : undefined;
}
