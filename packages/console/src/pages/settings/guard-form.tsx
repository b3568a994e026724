import type { DistributorSettings, DistributorSettingsChange } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote, useFieldFault } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

interface Props {
  /** Null: the own one. */
  distributor: string | null;
  settings: DistributorSettings;
}

/** Each guard in a field of its own; an empty field switches it off. */
export function GuardForm({ distributor, settings }: Props) {
  const m = useMessages();
  const may = useMay();
  const mayChange = may('changeSettings') || may('changeDistributorSettings');
  const guards = Object.keys(m.guards.fields) as (keyof DistributorSettings)[];
  const [typed, setTyped] = useState<Partial<Record<keyof DistributorSettings, string>>>({});
  const change = useMutation({
    mutationFn: (body: DistributorSettingsChange): Promise<DistributorSettings> =>
      distributor === null
        ? server.opentopup.call('changeSettings', { body })
        : server.operator.call('changeDistributorSettings', { params: { id: distributor }, body }),
    onSuccess: (changed) => {
      queries.setQueryData(['guards', distributor], changed);
      setTyped({});
    },
  });
  const faultOf = useFieldFault(change.error);
  const faults = guards.map(faultOf);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text ? Number(text) : null])));
  };
  return (
    <form onSubmit={submit} noValidate>
      {guards.map((name, i) => (
        <Field
          key={name}
          name={name}
          label={m.guards.fields[name]}
          hint={m.guards.hints[name]}
          error={faults[i]}
          type="number"
          inputMode="numeric"
          autoComplete="off"
          readOnly={!mayChange}
          value={typed[name] ?? settings[name] ?? ''}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      ))}
      {!faults.some(Boolean) && <RefusalNote error={change.error} />}
      {change.isSuccess && Object.keys(typed).length === 0 && (
        <p className="notice" role="status">
          {m.saved}
        </p>
      )}
      {mayChange && (
        <button
          type="submit"
          className="button button-main"
          disabled={change.isPending || Object.keys(typed).length === 0}
        >
          {m.save}
        </button>
      )}
    </form>
  );
}
