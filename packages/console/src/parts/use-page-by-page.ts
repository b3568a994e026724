import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

const PAGE = 100;

interface Page {
  offset: number;
  limit: number;
}

/**
 * Gives a list as far as somebody has looked at it; undefined while nothing of it is there.
 * @param lookAgain_ms after how long it is asked for again, by what it says
 */
export function usePageByPage<T>(
  queryKey: readonly unknown[],
  ask: (page: Page) => Promise<T[]>,
  lookAgain_ms: (rows: readonly T[]) => number | false = () => false,
) {
  const list = useInfiniteQuery({
    queryKey,
    initialPageParam: 0,
    queryFn: ({ pageParam }) => ask({ offset: pageParam, limit: PAGE }),
    getNextPageParam: (last: T[], pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
    refetchInterval: ({ state }) => lookAgain_ms(state.data?.pages.flat() ?? []),
  });
  const { data, error, isFetching, hasNextPage, fetchNextPage } = list;
  const rows = useMemo(() => data?.pages.flat(), [data]);
  // What is under way is not started again, however far somebody scrolls meanwhile.
  const readOn = (): void => void (!isFetching && fetchNextPage());
  return { rows, error, hasMore: hasNextPage, readOn };
}
