import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** Closes the next statement of a distributor, for the operator. */
export function CloseStatement({ distributor }: { distributor: string }) {
  const m = useMessages();
  const [before, setBefore] = useState('');
  const close = useMutation({
    mutationFn: () =>
      server.operator.call('closeStatement', {
        body: { distributor_id: distributor, ...(before !== '' && { before }) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['statements'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    close.mutate();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={m.statements.close}>
      <h2>{m.statements.close}</h2>
      <p className="hint">{m.statements.closeHint}</p>
      <Field
        label={m.statements.before}
        hint={m.statements.beforeHint}
        type="date"
        value={before}
        onChange={(event) => setBefore(event.target.value)}
      />
      <RefusalNote error={close.error} />
      <div className="actions">
        <button type="submit" className="button button-main" disabled={close.isPending}>
          {m.statements.close}
        </button>
      </div>
    </form>
  );
}
