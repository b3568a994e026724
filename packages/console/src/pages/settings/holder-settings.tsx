import type { EsimHolder } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { queries, server } from '../../server.ts';

const HOLDERS = ['distributor', 'server'] as const;

/** Who can read what installs the eSIMs that are delivered from now on, and what that risks. */
export function HolderSettings() {
  const m = useMessages();
  const { data, error } = useQuery({
    queryKey: ['esim holder'],
    queryFn: () => server.opentopup.call('getEsimHolder'),
  });
  const [next, setNext] = useState<EsimHolder['holder'] | null>(null);
  const set = useMutation({
    mutationFn: (holder: EsimHolder['holder']) => server.opentopup.call('setEsimHolder', { body: { holder } }),
    onSuccess: (now) => queries.setQueryData(['esim holder'], now),
  });
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  return (
    <section className="card" aria-label={m.holder.title}>
      <h2>{m.holder.title}</h2>
      <p className="hint">{m.holder.hint}</p>
      <ul className="plain">
        {HOLDERS.map((holder) => (
          <li key={holder} className="entry">
            <span>
              <strong>{m.holder.who[holder]}</strong>{' '}
              {data.holder === holder && <span className="badge badge-ok">{m.holder.now}</span>}
              <span className="hint">{m.holder.risk[holder]}</span>
            </span>
            {data.holder !== holder && (
              <button type="button" className="button" disabled={set.isPending} onClick={() => setNext(holder)}>
                {m.holder.choose}
              </button>
            )}
          </li>
        ))}
      </ul>
      <RefusalNote error={set.error} />
      {next && (
        <ConfirmDeed
          title={m.holder.sure}
          deed={m.holder.choose}
          onDo={() => set.mutate(next)}
          onClose={() => setNext(null)}
        >
          <p>{m.holder.who[next]}</p>
          <p>{m.holder.risk[next]}</p>
        </ConfirmDeed>
      )}
    </section>
  );
}
