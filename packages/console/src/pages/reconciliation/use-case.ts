import type { ReconciliationCaseDetail } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { queries, server } from '../../server.ts';

const keyOf = (id: string) => ['reconciliation case', id] as const;

/** Gives a difference with its notes. */
export function useCase(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => server.operator.call('getReconciliationCase', { params: { id } }),
  });
}

/** Takes in what a difference has become, wherever it is shown. */
export function caseChanged(found: ReconciliationCaseDetail): void {
  queries.setQueryData(keyOf(found.id), found);
  for (const key of ['reconciliation cases', 'recovery', 'reversal requests']) {
    void queries.invalidateQueries({ queryKey: [key] });
  }
  if (found.transaction_id) void queries.invalidateQueries({ queryKey: ['transaction', found.transaction_id] });
}
