import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** Closes the next statement of a distributor, for the operator. */
export function CloseStatement({ distributor }: { distributor: { id: string; name: string } }) {
  const m = useMessages();
  const b = useBooksMessages();
  const f = useFormats();
  const [before, setBefore] = useState('');
  const [isAsked, setAsked] = useState(false);
  const close = useMutation({
    mutationFn: () =>
      server.operator.call('closeStatement', {
        body: { distributor_id: distributor.id, ...(before !== '' && { before }) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['statements'] }),
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
  };
  return (
    <form className="card" onSubmit={ask} aria-label={b.statements.close}>
      <h2>{b.statements.close}</h2>
      <p className="hint">{b.statements.closeHint}</p>
      <Field
        label={b.statements.before}
        hint={b.statements.beforeHint}
        type="date"
        value={before}
        onChange={(event) => setBefore(event.target.value)}
      />
      <RefusalNote error={close.error} />
      <div className="actions">
        <button type="submit" className="button button-main" disabled={close.isPending}>
          {b.statements.close}
        </button>
      </div>
      {isAsked && (
        <ConfirmDeed
          title={b.statements.closeSure}
          deed={b.statements.closeDeed}
          onDo={() => close.mutate()}
          onClose={() => setAsked(false)}
        >
          <p className="big">{distributor.name}</p>
          {before !== '' && (
            <p>
              {b.statements.before}
              {m.colon}
              {f.calendarDay(before)}
            </p>
          )}
          <p>{b.statements.closeHint}</p>
        </ConfirmDeed>
      )}
    </form>
  );
}
