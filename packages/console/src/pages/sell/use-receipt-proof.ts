import type { ReceiptProof } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** Gives by what anybody checks a receipt; undefined where the server signs nothing, and for a sale that was not made. */
export function useReceiptProof(id: string, isMade: boolean): ReceiptProof | undefined {
  const may = useMay();
  return useQuery({
    queryKey: ['receipt proof', id],
    enabled: isMade && may('getReceiptProof'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => server.opentopup.call('getReceiptProof', { params: { id } }),
  }).data;
}
