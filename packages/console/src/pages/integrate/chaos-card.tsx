import type { Chaos, ChaosEffect } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useProgramsMessages } from '../../language/programs.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { CHAOS_EFFECTS, ChaosForm } from './chaos-form.tsx';

const CHAOS = ['sandbox chaos'];
const EFFECTS = ['sandbox chaos effects'];
const SHOWN = 10;
const LOOK_EVERY_MS = 5_000;

/** Has the programs of the sandbox meet chaos, and shows what it did. */
export function ChaosCard() {
  const p = useProgramsMessages();
  const chaos = useQuery({
    queryKey: CHAOS,
    queryFn: () => server.opentopup.call('listChaos', {}),
    refetchInterval: LOOK_EVERY_MS,
  });
  const effects = useQuery({
    queryKey: EFFECTS,
    queryFn: () => server.opentopup.call('listChaosEffects', { query: { limit: SHOWN } }),
    refetchInterval: LOOK_EVERY_MS,
  });
  const clients = useQuery({
    queryKey: ['clients'],
    queryFn: () => server.opentopup.call('listOwnCredentials', {}),
  });
  const own = clients.data?.filter(({ world, revocation_date }) => world === 'sandbox' && !revocation_date) ?? [];
  return (
    <section className="card" aria-label={p.chaos.title}>
      <h2>{p.chaos.title}</h2>
      <p className="hint">{p.chaos.hint}</p>
      <RefusalNote error={chaos.error ?? effects.error ?? clients.error} />
      <ul className="plain">
        {chaos.data?.map((each) => (
          <li key={each.client_id} className="entry">
            <Going chaos={each} name={clients.data?.find(({ client_id }) => client_id === each.client_id)?.name} />
          </li>
        ))}
      </ul>
      {own.length > 0 && <ChaosForm clients={own} onSet={() => void queries.invalidateQueries({ queryKey: CHAOS })} />}
      {effects.data && effects.data.length > 0 && (
        <>
          <h3>{p.chaos.did}</h3>
          <ul className="plain">
            {effects.data.map((each) => (
              <li key={each.id} className="entry">
                <Did effect={each} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The chaos that a client meets, which may be ended. */
function Going({
  chaos: { client_id, effects, end_date, seed, orders },
  name = client_id,
}: {
  chaos: Chaos;
  name: string | undefined;
}) {
  const p = useProgramsMessages();
  const f = useFormats();
  const end = useMutation({
    mutationFn: () => server.opentopup.call('endChaos', { params: { client_id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: CHAOS }),
  });
  const shares = CHAOS_EFFECTS.flatMap((effect) => {
    const share = effects[effect];
    return share === undefined ? [] : [p.chaos.share(p.chaos.effects[effect], f.number(share))];
  });
  return (
    <>
      <strong>{name}</strong> {p.chaos.going(f.moment(end_date), f.number(orders), String(seed))}
      <p className="hint">{shares.join(', ')}</p>
      <RefusalNote error={end.error} />
      <button type="button" className="button" disabled={end.isPending} onClick={() => end.mutate()}>
        {p.chaos.end}
      </button>
    </>
  );
}

/** Something that chaos did, and what asked for it. */
function Did({
  effect: { date, effect, cause, client_id, request_id, transaction_id, event_id },
}: {
  effect: ChaosEffect;
}) {
  const p = useProgramsMessages();
  const f = useFormats();
  const id = transaction_id ?? event_id ?? request_id;
  return (
    <>
      <code>{effect}</code> {f.moment(date)}
      <p className="hint">
        {[p.chaos.causes[cause], client_id].filter(Boolean).join(', ')} <code>{id}</code>
      </p>
    </>
  );
}
