import { useQuery } from '@tanstack/react-query';
import { server } from '../server.ts';
import { useMay } from '../session/session.ts';

/** Gives every distributor, for the operator. */
export function useDistributors() {
  return useQuery({
    queryKey: ['distributors'],
    queryFn: () => Array.fromAsync(server.operator.each('listDistributors', { query: { limit: 1_000 } })),
    enabled: useMay()('listDistributors'),
  });
}

/** Gives the offers of all distributors with their stock, for the operator. */
export function useAllOffers() {
  return useQuery({
    queryKey: ['all offers'],
    queryFn: () => Array.fromAsync(server.operator.each('listOffers', { query: { limit: 1_000 } })),
    enabled: useMay()('listOffers'),
  });
}
