import type { Recovery } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { reasonIn } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

const KEY = ['recovery'];
const LOOK_MS = 1_000;
const REST_MS = 30_000;

async function readRecovery(): Promise<Recovery | null> {
  try {
    return await server.operator.call('getRecovery');
  } catch (error) {
    if (reasonIn(error) === 'not_found') return null;
    throw error;
  }
}

/** Gives what is done after a restore; null where nothing was ever restored. */
export function useRecovery() {
  return useQuery({
    queryKey: KEY,
    queryFn: readRecovery,
    enabled: useMay()('getRecovery'),
    refetchInterval: ({ state }) =>
      state.data?.suppliers.some(({ status }) => status === 'running') ? LOOK_MS : REST_MS,
  });
}

/** Takes in how it stands by now. */
export function recoveryChanged(recovery: Recovery): void {
  queries.setQueryData(KEY, recovery);
  void queries.invalidateQueries({ queryKey: ['reconciliation cases'] });
}
