import type { ResolutionCreation } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

type Verdict = ResolutionCreation['status'];
const VERDICTS: readonly Verdict[] = ['ok', 'ko', 'expired'];

interface Props {
  /** The sales; the same is decided about all. */
  ids: readonly string[];
  /** What a sale is called where one of several is refused. */
  nameOf?: (id: string) => string;
  /** How many those are, in words. */
  children?: string | undefined;
}

/** What somebody is asked about once more. It stays as it was asked, whatever becomes of the list meanwhile. */
interface Asked {
  sales: readonly { id: string; name: string | undefined }[];
  told: string | undefined;
}
interface Refused {
  id: string;
  name: string | undefined;
  error: unknown;
}

/** Decides about one sale after the other, as far as it goes; tells what was refused. */
async function decideEach({ sales }: Asked, body: ResolutionCreation): Promise<Refused[]> {
  const refused: Refused[] = [];
  for (const { id, name } of sales) {
    try {
      const resolved = await server.operator.call('resolveTransaction', { params: { id }, body });
      queries.setQueryData(['transaction', id], resolved);
    } catch (error) {
      refused.push({ id, name, error });
    }
  }
  return refused;
}

/** A person decides about sales for which there is no proof, and says why. */
export function ResolveSales({ ids, nameOf, children }: Props) {
  const m = useMessages();
  const [status, setStatus] = useState<Verdict | null>(null);
  const [justification, setJustification] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const resolve = useMutation({
    mutationFn: (body: ResolutionCreation) => (asked ? decideEach(asked, body) : Promise.resolve([])),
    retry: false,
    onSuccess: (refused) => refused.length === 0 && setAsked(null),
    onSettled: () => queries.invalidateQueries({ queryKey: ['transactions'] }),
  });
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    resolve.reset();
    setAsked({ sales: ids.map((id) => ({ id, name: nameOf?.(id) })), told: children });
  };
  return (
    <form className="card" hidden={ids.length === 0} onSubmit={ask}>
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
      <button type="submit" className="button button-main">
        {m.resolve.decide}
      </button>
      <Confirm
        open={asked !== null}
        title={m.resolve.sure}
        onClose={() => setAsked(null)}
        actions={
          <>
            <button type="button" className="button" onClick={() => setAsked(null)}>
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
        {asked?.told && <p>{asked.told}</p>}
        {status && <p>{m.resolve.verdicts[status]}</p>}
        <p className="hint">{m.resolve.final}</p>
        {resolve.data?.map(({ id, name, error }) => (
          <div key={id}>
            {name && <Link to={`/transactions/${id}`}>{name}</Link>}
            <RefusalNote error={error} once />
          </div>
        ))}
      </Confirm>
    </form>
  );
}
