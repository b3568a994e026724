import type { TransactionFilters, TransactionStatus } from '@opentopup/contract';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

export const STATUSES: readonly TransactionStatus[] = ['pending', 'ok', 'ko', 'expired'];
const NAMES = ['status', 'offer', 'supplier', 'distributor', 'startDate', 'endDate', 'user', 'line'] as const;

/** The filters of the list, as they stand in the address. */
export type Filters = TransactionFilters & { distributor?: string };

type Change = Partial<Record<(typeof NAMES)[number], string>>;

/** Gives the filters, and how some are changed; the address always says which list this is. */
export function useFilters(): [Filters, (changes: Change) => void] {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => {
    const given = NAMES.map((name) => [name, search.get(name)] as const).filter(([, value]) => value);
    return Object.fromEntries(given);
  }, [search]);
  const change = (changes: Change): void => {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  };
  return [filters, change];
}
