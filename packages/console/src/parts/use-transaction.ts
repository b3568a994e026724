import { useQuery } from '@tanstack/react-query';
import { server } from '../server.ts';

const LOOK_FIRST_MS = 500;
const LOOK_LAST_MS = 10_000;

/** A transaction of the distributor's own; while it is pending it is looked at again and again, ever more rarely. */
export function useTransaction(id: string) {
  return useQuery({
    queryKey: ['transaction', id],
    queryFn: () => server.operations.call('getDistributorTransactionDetail', { params: { id } }),
    refetchInterval: ({ state }) =>
      state.data && state.data.status !== 'pending'
        ? false
        : Math.min(LOOK_LAST_MS, LOOK_FIRST_MS * 1.3 ** state.dataUpdateCount),
  });
}
