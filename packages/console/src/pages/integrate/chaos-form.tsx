import {
  CHAOS_DELAY_MS,
  CHAOS_MINUTES,
  type ChaosSetting,
  EVENT_EFFECTS,
  type EventEffect,
  MOST_CHAOS_MINUTES,
  ORDER_EFFECTS,
  type OrderEffect,
  type OwnCredential,
} from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useProgramsMessages } from '../../language/programs.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';

type Effect = OrderEffect | EventEffect;
type Typed = Partial<Record<Effect | 'minutes' | 'delay_ms' | 'seed', string>>;

export const CHAOS_EFFECTS: readonly Effect[] = [...ORDER_EFFECTS, ...EVENT_EFFECTS];

const given = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);

/** Gives what was typed; what is empty is left out. */
function settingOf(typed: Typed): ChaosSetting {
  const shares = CHAOS_EFFECTS.flatMap((effect) => (typed[effect] ? [[effect, Number(typed[effect])]] : []));
  const [minutes, delay_ms, seed] = [given(typed.minutes), given(typed.delay_ms), given(typed.seed)];
  return {
    effects: Object.fromEntries(shares),
    ...(minutes !== undefined && { minutes }),
    ...(delay_ms !== undefined && { delay_ms }),
    ...(seed !== undefined && { seed }),
  };
}

interface Props {
  clients: readonly OwnCredential[];
  onSet: () => void;
}

/** Each effect with its share in a field of its own; an empty one is not met. */
export function ChaosForm({ clients, onSet }: Props) {
  const p = useProgramsMessages();
  const [typed, setTyped] = useState<Typed>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const client_id = chosen ?? clients[0]?.client_id ?? '';
  const set = useMutation({
    mutationFn: (body: ChaosSetting) => server.opentopup.call('setChaos', { params: { client_id }, body }),
    onSuccess: onSet,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate(settingOf(typed));
  };
  const field = (name: keyof Typed, label: string, min: number, max: number, placeholder?: number) => (
    <Field
      key={name}
      label={label}
      type="number"
      inputMode="numeric"
      autoComplete="off"
      min={min}
      max={max}
      {...(placeholder !== undefined && { placeholder: String(placeholder) })}
      value={typed[name] ?? ''}
      onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
    />
  );
  return (
    <form onSubmit={submit} aria-label={p.chaos.set}>
      <SelectField
        label={p.chaos.client}
        value={client_id}
        options={clients.map((each) => ({ value: each.client_id, label: `${each.name} (${each.client_id})` }))}
        onChoose={setChosen}
      />
      <div className="shares">
        {CHAOS_EFFECTS.map((effect) => field(effect, `${p.chaos.effects[effect]}, %`, 1, 100))}
      </div>
      <div className="shares">
        {field('minutes', p.chaos.minutes, 1, MOST_CHAOS_MINUTES, CHAOS_MINUTES)}
        {field('delay_ms', p.chaos.delay, 100, 60_000, CHAOS_DELAY_MS)}
        {field('seed', p.chaos.seed, 0, 2_147_483_647)}
      </div>
      <RefusalNote error={set.error} />
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={set.isPending || Object.keys(settingOf(typed).effects).length === 0}
        >
          {p.chaos.set}
        </button>
      </div>
    </form>
  );
}
