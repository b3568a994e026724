import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { server } from '../../server.ts';
import { useIsLive } from '../../session/live.ts';
import { useMay } from '../../session/session.ts';
import type { AnyTransaction } from './any-transaction.ts';
import type { Filters } from './filters.ts';
import { type ListPart, readPart } from './list-parts.ts';

const LOOK_MS = 15_000;
const LOOK_LIVE_MS = 60_000;

type Cursor = string | undefined;

/**
 * Gives the transactions that the filters let through, newest first, part by part; undefined while there are none yet.
 */
export function useTransactions({ distributor, ...filters }: Filters) {
  const isOperator = useMay()('listTransactions');
  const isLive = useIsLive();
  const ask = (cursor: Cursor, limit: number): Promise<AnyTransaction[]> => {
    const query = { ...filters, limit, ...(cursor && { cursor }) };
    if (!isOperator) return server.operations.call('getDistributorTransactionList', { query });
    return server.operator.call('listTransactions', { query: { ...query, ...(distributor && { distributor }) } });
  };
  const list = useInfiniteQuery({
    queryKey: ['transactions', 'list', { ...filters, distributor }],
    initialPageParam: undefined as Cursor,
    queryFn: ({ pageParam, client, queryKey }): Promise<ListPart> => {
      const known = client.getQueryData<InfiniteData<ListPart, Cursor>>(queryKey);
      return readPart(ask, pageParam, known?.pages[known.pageParams.indexOf(pageParam)]);
    },
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: isLive ? LOOK_LIVE_MS : LOOK_MS,
  });
  const { data, isFetching, hasNextPage, fetchNextPage } = list;
  const rows = useMemo(() => data?.pages.flatMap((part) => part.rows), [data]);
  // What is under way is not started again, however far somebody scrolls meanwhile.
  const readOn = (): void => void (!isFetching && fetchNextPage());
  return { rows, error: list.error, isPending: list.isPending, hasMore: hasNextPage, readOn };
}
