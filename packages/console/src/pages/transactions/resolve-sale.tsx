import type { ResolutionCreation } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

type Verdict = ResolutionCreation['status'];
const VERDICTS: readonly Verdict[] = ['ok', 'ko', 'expired'];

/** Decides about one sale after the other, as far as it goes; tells the first refusal when all were tried. */
async function decideEach(ids: readonly string[], body: ResolutionCreation): Promise<void> {
  let refused: unknown;
  for (const id of ids) {
    try {
      const resolved = await server.operator.call('resolveTransaction', { params: { id }, body });
      queries.setQueryData(['transaction', id], resolved);
    } catch (error) {
      refused ??= error;
    }
  }
  if (refused !== undefined) throw refused;
}

interface Props {
  /** The sales, at least one; the same is decided about all. */
  ids: readonly string[];
  /** How many those are, in words. */
  children?: string | undefined;
}

/** A person decides about sales for which there is no proof, and says why. */
export function ResolveSales({ ids, children }: Props) {
  const m = useMessages();
  const [status, setStatus] = useState<Verdict | null>(null);
  const [justification, setJustification] = useState('');
  const [isAsked, setAsked] = useState(false);
  const resolve = useMutation({
    mutationFn: (body: ResolutionCreation) => decideEach(ids, body),
    retry: false,
    onSuccess: () => setAsked(false),
    onSettled: () => queries.invalidateQueries({ queryKey: ['transactions'] }),
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    resolve.reset();
    setAsked(true);
  };
  return (
    <form className="card" onSubmit={ask}>
      <h2>{m.resolve.title}</h2>
      {children && <p role="status">{children}</p>}
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
      <button type="submit" className="button button-main" disabled={ids.length === 0}>
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
        {children && <p>{children}</p>}
        {status && <p>{m.resolve.verdicts[status]}</p>}
        <p className="hint">{m.resolve.final}</p>
        <RefusalNote error={resolve.error} once />
      </Confirm>
    </form>
  );
}
