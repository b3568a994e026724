import type { TransactionFilters, TransactionStatus } from '@opentopup/contract';
import { useAddress } from '../../parts/use-address.ts';

export const STATUSES: readonly TransactionStatus[] = ['pending', 'ok', 'ko', 'expired'];
const NAMES = [
  'status',
  'offer',
  'supplier',
  'distributor',
  'startDate',
  'endDate',
  'user',
  'line',
  'line_ending',
  'voucher',
] as const;

/** The filters of the list, as they stand in the address. */
export type Filters = TransactionFilters & { distributor?: string };

/** Gives the filters, and how some are changed; the address always says which list this is. */
export function useFilters(): [Filters, (changes: Partial<Record<(typeof NAMES)[number], string>>) => void] {
  const [given, change] = useAddress(NAMES);
  return [given as Filters, change];
}
