import type { DistributorTransaction } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonIn } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** What installs an eSIM that was sold, as far as it is known here. */
export interface KnownEsim {
  lpa: string | undefined;
  /** The server cannot read it: whoever has the private key can. */
  needsKey: boolean;
  /** Takes what was read with the private key. */
  read: (lpa: string) => void;
  error: Error | null;
}

/** Has the server show what installs an eSIM, once it is asked for. Each time is noted, so it is asked for once. */
export function useEsimCode({ id, status, product_type }: DistributorTransaction, isAsked: boolean): KnownEsim {
  const may = useMay();
  const [own, read] = useState<string>();
  const { data, error } = useQuery({
    queryKey: ['esim showing', id],
    enabled: isAsked && status === 'ok' && product_type === 'eSim' && may('showEsim'),
    queryFn: () => server.opentopup.call('showEsim', { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
    // It does not outlive the page.
    gcTime: 0,
  });
  const needsKey = reasonIn(error) === 'esim_not_held';
  return { lpa: own ?? data?.lpa, needsKey: needsKey && own === undefined, read, error: needsKey ? null : error };
}
