import type { AdminTransaction, DistributorTransaction } from '@opentopup/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { server } from '../../server.ts';
import { useIsLive } from '../../session/live.ts';
import { useMay } from '../../session/session.ts';
import type { Filters } from './filters.ts';

const PAGE = 100;
const LOOK_MS = 15_000;
const LOOK_LIVE_MS = 60_000;

/** A transaction of one's own; or of anybody, for the operator. */
export type AnyTransaction = DistributorTransaction & Partial<AdminTransaction>;

/** The transactions that the filters let through, newest first, page by page. */
export function useTransactions({ distributor, ...filters }: Filters) {
  const isOperator = useMay()('listTransactions');
  const isLive = useIsLive();
  return useInfiniteQuery({
    queryKey: ['transactions', 'list', { ...filters, distributor }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }): Promise<AnyTransaction[]> => {
      const query = { ...filters, limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      if (!isOperator) return server.operations.call('getDistributorTransactionList', { query });
      return server.operator.call('listTransactions', { query: { ...query, ...(distributor && { distributor }) } });
    },
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    refetchInterval: isLive ? LOOK_LIVE_MS : LOOK_MS,
  });
}
