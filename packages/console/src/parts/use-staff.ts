import { useQuery } from '@tanstack/react-query';
import { server } from '../server.ts';
import { useMay } from '../session/session.ts';

/** Tells who may sign in: for the distributor, or for the operator everybody. */
export function useStaff() {
  const may = useMay();
  const isOperator = may('listAccounts');
  return useQuery({
    queryKey: ['staff'],
    queryFn: () =>
      Array.fromAsync(
        isOperator
          ? server.operator.each('listAccounts', { query: { limit: 1_000 } })
          : server.opentopup.each('listStaff', { query: { limit: 1_000 } }),
      ),
    enabled: isOperator || may('listStaff'),
  });
}
