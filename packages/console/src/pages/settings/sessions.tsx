import { useMutation, useQuery } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** Where somebody is signed in, and the way to end that. */
export function Sessions() {
  const m = useMessages();
  const f = useFormats();
  const list = useQuery({ queryKey: ['sessions'], queryFn: () => server.account.call('listSessions', {}) });
  const refresh = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({
    mutationFn: (id: string) => server.account.call('revokeSession', { params: { id } }),
    onSuccess: refresh,
  });
  const endOthers = useMutation({ mutationFn: () => server.account.call('revokeOtherSessions'), onSuccess: refresh });
  return (
    <section className="card">
      <h2>{m.sessions.title}</h2>
      <RefusalNote error={list.error ?? end.error ?? endOthers.error} />
      <ul className="plain">
        {list.data?.map(({ id, agent, address, last_seen_date, current }) => (
          <li key={id} className="entry">
            <span>
              <strong>{current ? m.sessions.here : address}</strong>
              <span className="hint">
                {agent} · {f.moment(last_seen_date)}
              </span>
            </span>
            {!current && (
              <button type="button" className="button" onClick={() => end.mutate(id)}>
                {m.sessions.end}
              </button>
            )}
          </li>
        ))}
      </ul>
      {(list.data?.length ?? 0) > 1 && (
        <button type="button" className="button" onClick={() => endOthers.mutate()}>
          {m.sessions.endOthers}
        </button>
      )}
    </section>
  );
}
