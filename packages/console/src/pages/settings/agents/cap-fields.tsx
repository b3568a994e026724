import type { Agent, AgentCaps, World } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useProgramsMessages } from '../../../language/programs.ts';
import { Field } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { sandbox, server } from '../../../server.ts';

const CAPS = [
  'units_per_hour',
  'units_per_day',
  'line_units_per_day',
  'amount_per_day',
  'released_up_to',
] as const satisfies readonly (keyof AgentCaps)[];
type Cap = (typeof CAPS)[number];

/** Caps as they are filled in. */
export type FilledCaps = Record<Cap, string> & { offers: readonly string[] };

/** Caps of a new agent, until somebody says otherwise. */
export const USUAL_CAPS: FilledCaps = {
  offers: [],
  units_per_hour: '10',
  units_per_day: '50',
  line_units_per_day: '1',
  amount_per_day: '200',
  released_up_to: '',
};

/** Gives the caps of an agent to be filled in. */
export const filledCaps = (agent: Agent): FilledCaps => ({
  offers: agent.offers,
  units_per_hour: String(agent.units_per_hour),
  units_per_day: String(agent.units_per_day),
  line_units_per_day: String(agent.line_units_per_day),
  amount_per_day: String(agent.amount_per_day),
  released_up_to: agent.released_up_to === null ? '' : String(agent.released_up_to),
});

/** Reads caps that were filled in. */
export const readCaps = ({ offers, released_up_to, ...caps }: FilledCaps): Omit<AgentCaps, 'currency'> => ({
  offers: [...offers],
  units_per_hour: Number(caps.units_per_hour),
  units_per_day: Number(caps.units_per_day),
  line_units_per_day: Number(caps.line_units_per_day),
  amount_per_day: Number(caps.amount_per_day),
  released_up_to: released_up_to === '' ? null : Number(released_up_to),
});

/** Gives the offers of a world, which agents in it may sell. */
export const useAgentOffers = (world: World) =>
  useQuery({
    queryKey: ['offers of agents', world],
    queryFn: () =>
      (world === 'sandbox' ? sandbox : server.operations).call('getDistributorOfferList', { query: { limit: 100 } }),
  });

interface Props {
  world: World;
  currency: string;
  caps: FilledCaps;
  onChange: (caps: FilledCaps) => void;
}

/** What an agent may sell, and how much of it. */
export function CapFields({ world, currency, caps, onChange }: Props) {
  const p = useProgramsMessages();
  const offers = useAgentOffers(world);
  const toggle = (id: string): void => {
    const others = caps.offers.filter((each) => each !== id);
    onChange({ ...caps, offers: others.length < caps.offers.length ? others : [...others, id] });
  };
  const hints: Partial<Record<Cap, string>> = { released_up_to: p.agents.releasedHint, amount_per_day: currency };
  return (
    <>
      <fieldset className="plain-set">
        <legend>{p.agents.offers}</legend>
        {offers.data?.map((offer) => (
          <label key={offer.id} className="check">
            <input type="checkbox" checked={caps.offers.includes(offer.id)} onChange={() => toggle(offer.id)} />
            {offer.name}
          </label>
        ))}
      </fieldset>
      <RefusalNote error={offers.error} />
      {CAPS.map((cap) => (
        <Field
          key={cap}
          label={p.agents.caps[cap]}
          hint={hints[cap]}
          type="number"
          min={0}
          step={cap === 'amount_per_day' || cap === 'released_up_to' ? 'any' : 1}
          required={cap !== 'released_up_to'}
          value={caps[cap]}
          onChange={(event) => onChange({ ...caps, [cap]: event.target.value })}
        />
      ))}
    </>
  );
}
