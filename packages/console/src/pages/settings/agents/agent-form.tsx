import type { World } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { useProgramsMessages } from '../../../language/programs.ts';
import { Copy } from '../../../parts/copy.tsx';
import { Field, SelectField } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../../server.ts';
import { useSignedIn } from '../../../session/session.ts';
import { CapFields, readCaps, USUAL_CAPS, useAgentOffers } from './cap-fields.tsx';

export const AGENTS_KEY = ['agents'];

/** Makes an agent; in the sandbox unless somebody chooses otherwise. */
export function AgentForm() {
  const m = useMessages();
  const p = useProgramsMessages();
  const { distributor } = useSignedIn();
  const [name, setName] = useState('');
  const [world, setWorld] = useState<World>('sandbox');
  const [caps, setCaps] = useState(USUAL_CAPS);
  const offers = useAgentOffers(world);
  const currency = offers.data?.find(({ id }) => caps.offers.includes(id))?.product.reference_currency ?? 'EUR';
  const create = useMutation({
    mutationFn: () => server.opentopup.call('createAgent', { body: { name, world, currency, ...readCaps(caps) } }),
    retry: onceOnly,
    onSuccess: () => setName(''),
    onSettled: () => queries.invalidateQueries({ queryKey: AGENTS_KEY }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{p.agents.add}</h2>
      <Field
        label={p.agents.name}
        hint={p.agents.nameHint}
        required
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {distributor?.sandbox_id && (
        <SelectField
          label={p.agents.world}
          value={world}
          options={(['sandbox', 'live'] as const).map((value) => ({ value, label: m[value] }))}
          onChoose={(each) => {
            setWorld(each);
            setCaps({ ...caps, offers: [] });
          }}
        />
      )}
      <CapFields world={world} currency={currency} caps={caps} onChange={setCaps} />
      <RefusalNote error={create.error} once />
      <button type="submit" className="button button-main" disabled={create.isPending}>
        {p.agents.add}
      </button>
      {create.data && (
        <div className="notice" role="status">
          <p>{m.clients.once}</p>
          <Copy
            text={`client_id=${create.data.client_id}\nclient_secret=${create.data.client_secret}`}
            label={m.clients.secret}
          />
        </div>
      )}
    </form>
  );
}
