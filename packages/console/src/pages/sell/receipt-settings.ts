import type { ReceiptSettings } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { server } from '../../server.ts';

export const RECEIPT_SETTINGS = ['receipt settings'] as const;

/** Gives what the receipts of the distributor say; undefined until that is known. */
export const useReceiptSettings = (): ReceiptSettings | undefined =>
  useQuery({
    queryKey: RECEIPT_SETTINGS,
    queryFn: () => server.opentopup.call('getReceiptSettings'),
    staleTime: 60_000,
  }).data;
