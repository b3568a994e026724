import type { Agent } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { useProgramsMessages } from '../../../language/programs.ts';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { AGENTS_KEY } from './agent-form.tsx';
import { CapFields, filledCaps, readCaps } from './cap-fields.tsx';

/** Changes the caps of an agent; they count from its next confirmation on. */
export function CapsForm({ agent, onDone }: { agent: Agent; onDone: () => void }) {
  const m = useMessages();
  const p = useProgramsMessages();
  const [caps, setCaps] = useState(() => filledCaps(agent));
  const change = useMutation({
    mutationFn: () =>
      server.opentopup.call('changeAgent', { params: { client_id: agent.client_id }, body: readCaps(caps) }),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: AGENTS_KEY }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={p.agents.capsOf(agent.name)}>
      <p className="hint">{p.agents.changeHint}</p>
      <CapFields world={agent.world} currency={agent.currency} caps={caps} onChange={setCaps} />
      <RefusalNote error={change.error} />
      <div className="actions">
        <button type="submit" className="button button-main" disabled={change.isPending}>
          {p.agents.save}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {m.cancel}
        </button>
      </div>
    </form>
  );
}
