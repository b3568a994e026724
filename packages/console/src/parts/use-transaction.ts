import type { StaffLanguage } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../language/language.ts';
import { server } from '../server.ts';

const LOOK_FIRST_MS = 500;
const LOOK_LAST_MS = 10_000;

/** Gives the key of a transaction: what its end customer is told is in the language chosen here. */
export const keyOfTransaction = (id: string, language: StaffLanguage) => ['transaction', id, language] as const;

/**
 * Gives a transaction of the distributor's own; while it is pending, or waits for a unit, it is looked at again and again, ever more rarely.
 */
export function useTransaction(id: string) {
  const language = useLanguage();
  return useQuery({
    queryKey: keyOfTransaction(id, language),
    queryFn: () => server.operations.call('getDistributorTransactionDetail', { params: { id } }),
    // In another language it is still the same one: what is open on its page stays so.
    placeholderData: (before) => (before?.id === id ? before : undefined),
    refetchInterval: ({ state }) =>
      state.data && state.data.status !== 'pending' && state.data.status !== 'created'
        ? false
        : Math.min(LOOK_LAST_MS, LOOK_FIRST_MS * 1.3 ** state.dataUpdateCount),
  });
}
