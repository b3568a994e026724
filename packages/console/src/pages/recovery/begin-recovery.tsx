import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { recoveryChanged } from './use-recovery.ts';

/** Says that a backup was restored, which stops all selling: asked twice, and folded away. */
export function BeginRecovery() {
  const b = useBooksMessages();
  const f = useFormats();
  const [since, setSince] = useState('');
  const [isAsked, setAsked] = useState(false);
  const begin = useMutation({
    mutationFn: () => server.operator.call('beginRecovery', { body: { since: new Date(since).toISOString() } }),
    onSuccess: recoveryChanged,
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
  };
  return (
    <details className="card">
      <summary>{b.recovery.begin}</summary>
      <form className="more" onSubmit={ask}>
        <p className="hint">{b.recovery.beginHint}</p>
        <Field
          label={b.recovery.since}
          hint={b.recovery.sinceHint}
          type="datetime-local"
          required
          value={since}
          onChange={(event) => setSince(event.target.value)}
        />
        <RefusalNote error={begin.error} />
        <div className="actions">
          <button type="submit" className="button button-main" disabled={begin.isPending}>
            {b.recovery.beginDeed}
          </button>
        </div>
      </form>
      {isAsked && (
        <ConfirmDeed
          title={b.recovery.beginSure}
          deed={b.recovery.beginDeed}
          onDo={() => begin.mutate()}
          onClose={() => setAsked(false)}
        >
          <p className="big">{f.moment(new Date(since).toISOString())}</p>
          <p>{b.recovery.beginHint}</p>
        </ConfirmDeed>
      )}
    </details>
  );
}
