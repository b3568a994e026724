import type { AdminTransaction, ResolutionCreation } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

type Verdict = ResolutionCreation['status'];
const VERDICTS: readonly Verdict[] = ['ok', 'ko', 'expired'];

/** A person decides about a sale for which there is no proof, and says why. */
export function ResolveSale({ transaction: { id } }: { transaction: AdminTransaction }) {
  const m = useMessages();
  const [status, setStatus] = useState<Verdict | null>(null);
  const [justification, setJustification] = useState('');
  const [isAsked, setAsked] = useState(false);
  const resolve = useMutation({
    mutationFn: (body: ResolutionCreation) => server.operator.call('resolveTransaction', { params: { id }, body }),
    onSuccess: (resolved) => queries.setQueryData(['transaction', id], resolved),
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
  };
  return (
    <form className="card" onSubmit={ask}>
      <h2>{m.resolve.title}</h2>
      <p className="hint">{m.resolve.hint}</p>
      <fieldset className="choices">
        <legend>{m.resolve.verdict}</legend>
        {VERDICTS.map((verdict) => (
          <label key={verdict}>
            <input
              type="radio"
              name="verdict"
              required
              checked={status === verdict}
              onChange={() => setStatus(verdict)}
            />
            {m.resolve.verdicts[verdict]}
          </label>
        ))}
      </fieldset>
      <JustificationField hint={m.resolve.justificationHint} value={justification} onWrite={setJustification} />
      <button type="submit" className="button button-main">
        {m.resolve.decide}
      </button>
      <Confirm
        open={isAsked}
        title={m.resolve.sure}
        onClose={() => setAsked(false)}
        actions={
          <>
            <button type="button" className="button" onClick={() => setAsked(false)}>
              {m.cancel}
            </button>
            <button
              type="button"
              className="button button-main"
              disabled={resolve.isPending || !status}
              onClick={() => status && resolve.mutate({ status, justification })}
            >
              {m.resolve.decide}
            </button>
          </>
        }
      >
        {status && <p>{m.resolve.verdicts[status]}</p>}
        <p className="hint">{m.resolve.final}</p>
        <RefusalNote error={resolve.error} />
      </Confirm>
    </form>
  );
}
