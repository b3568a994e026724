import type { World } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { useProgramsMessages } from '../../../language/programs.ts';
import { Copy } from '../../../parts/copy.tsx';
import { Field, SelectField } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { onceOnly, queries, sandbox, server } from '../../../server.ts';
import { useSignedIn } from '../../../session/session.ts';

export const AGENTS_KEY = ['agents'];

/** Caps of a new agent, as they are filled in. */
const USUAL = {
  units_per_hour: '10',
  units_per_day: '50',
  line_units_per_day: '1',
  amount_per_day: '200',
  released_up_to: '',
};
type Cap = keyof typeof USUAL;
const CAPS = Object.keys(USUAL) as Cap[];

/** Makes an agent; in the sandbox unless somebody chooses otherwise. */
export function AgentForm() {
  const m = useMessages();
  const p = useProgramsMessages();
  const { distributor } = useSignedIn();
  const [name, setName] = useState('');
  const [world, setWorld] = useState<World>('sandbox');
  const [caps, setCaps] = useState(USUAL);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const offers = useQuery({
    queryKey: ['offers of agents', world],
    queryFn: () =>
      (world === 'sandbox' ? sandbox : server.operations).call('getDistributorOfferList', { query: { limit: 100 } }),
  });
  const currency = offers.data?.find(({ id }) => chosen.includes(id))?.product.reference_currency ?? 'EUR';
  const create = useMutation({
    mutationFn: () => {
      const { released_up_to, ...others } = caps;
      const numbers = Object.fromEntries(Object.entries(others).map(([cap, text]) => [cap, Number(text)]));
      const body = {
        name,
        world,
        offers: [...chosen],
        currency,
        ...(numbers as Record<Exclude<Cap, 'released_up_to'>, number>),
        released_up_to: released_up_to === '' ? null : Number(released_up_to),
      };
      return server.opentopup.call('createAgent', { body });
    },
    retry: onceOnly,
    onSuccess: () => setName(''),
    onSettled: () => queries.invalidateQueries({ queryKey: AGENTS_KEY }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
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
            setChosen([]);
          }}
        />
      )}
      <fieldset className="plain-set">
        <legend>{p.agents.offers}</legend>
        {offers.data?.map((offer) => (
          <label key={offer.id} className="check">
            <input type="checkbox" checked={chosen.includes(offer.id)} onChange={() => toggle(offer.id)} />
            {offer.name}
          </label>
        ))}
      </fieldset>
      {CAPS.map((cap) => (
        <Field
          key={cap}
          label={p.agents.caps[cap]}
          hint={cap === 'released_up_to' ? p.agents.releasedHint : cap === 'amount_per_day' ? currency : undefined}
          type="number"
          min={0}
          step={cap === 'amount_per_day' || cap === 'released_up_to' ? 'any' : 1}
          required={cap !== 'released_up_to'}
          value={caps[cap]}
          onChange={(event) => setCaps({ ...caps, [cap]: event.target.value })}
        />
      ))}
      <RefusalNote error={create.error ?? offers.error} once />
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
