import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { TextField } from '../../parts/field.tsx';
import { RefusalNote, reasonIn } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { HolderSettings } from './holder-settings.tsx';

/** Who reads the codes of eSIMs, and the key under which they are encrypted for the distributor. */
export function KeySettings() {
  return (
    <>
      <HolderSettings />
      <PublicKey />
    </>
  );
}

function PublicKey() {
  const m = useMessages();
  const [pem, setPem] = useState('');
  const key = useQuery({ queryKey: ['key'], queryFn: () => server.operations.call('getDistributorKey', {}) });
  const set = useMutation({
    mutationFn: () =>
      server.operations.call('setDistributorKey', {
        body: { key_type: 'rsa256', public_key_value: pem.trim(), public_key: pem.trim() },
      }),
    onSuccess: (made) => {
      queries.setQueryData(['key'], made);
      setPem('');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate();
  };
  const isNone = reasonIn(key.error) === 'not_found';
  return (
    <form className="card" onSubmit={submit}>
      <h2>{m.settings.key}</h2>
      <p>{m.key.hint}</p>
      {key.data && <Copy text={key.data.public_key_value} label={m.key.present} />}
      {isNone ? <p className="notice">{m.key.none}</p> : <RefusalNote error={key.error} />}
      <TextField
        label={m.key.next}
        hint={key.data ? m.key.replaces : undefined}
        required
        rows={8}
        spellCheck={false}
        value={pem}
        onChange={(event) => setPem(event.target.value)}
      />
      <RefusalNote error={set.error} />
      <button type="submit" className="button button-main" disabled={set.isPending}>
        {m.key.save}
      </button>
    </form>
  );
}
