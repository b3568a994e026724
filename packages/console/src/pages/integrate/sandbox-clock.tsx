import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useProgramsMessages } from '../../language/programs.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

const KEY = ['sandbox clock'];
const STEPS_S = { hour: 3_600, day: 86_400, week: 604_800 } as const;

/** Shows what the clock of the sandbox says, and puts it forward: what has to wait comes due. */
export function SandboxClockCard() {
  const p = useProgramsMessages();
  const f = useFormats();
  const [until, setUntil] = useState('');
  const { data, error } = useQuery({ queryKey: KEY, queryFn: () => server.opentopup.call('getSandboxClock', {}) });
  const move = useMutation({
    mutationFn: (ahead_s: number) => server.opentopup.call('moveSandboxClock', { body: { ahead_s } }),
    onSuccess: (moved) => {
      queries.setQueryData(KEY, moved);
      setUntil('');
    },
  });
  if (!data) return <RefusalNote error={error} />;
  const { ahead_s } = data;
  const wanted_s = Math.round((new Date(until).getTime() - Date.now()) / 1_000);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    move.mutate(wanted_s);
  };
  return (
    <form className="card" aria-label={p.clock.title} onSubmit={submit}>
      <h2>{p.clock.title}</h2>
      <p className="hint">{p.clock.hint}</p>
      <p role="status">
        <strong>{f.moment(new Date(Date.now() + ahead_s * 1_000).toISOString())}</strong>
        <span className="hint"> {ahead_s === 0 ? p.clock.real : p.clock.ahead(f.lasting(ahead_s))}</span>
      </p>
      <div className="actions">
        {(['hour', 'day', 'week'] as const).map((step) => (
          <button
            key={step}
            type="button"
            className="button"
            disabled={move.isPending}
            onClick={() => move.mutate(ahead_s + STEPS_S[step])}
          >
            {p.clock.steps[step]}
          </button>
        ))}
      </div>
      <Field
        label={p.clock.until}
        type="datetime-local"
        required
        value={until}
        error={until !== '' && wanted_s < ahead_s ? p.clock.backward : undefined}
        onChange={(event) => setUntil(event.target.value)}
      />
      <RefusalNote error={move.error} />
      <div className="actions">
        <button type="submit" className="button button-main" disabled={move.isPending || !(wanted_s >= ahead_s)}>
          {p.clock.move}
        </button>
      </div>
    </form>
  );
}
