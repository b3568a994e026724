import type { CaseEndKind, ReconciliationCaseDetail, ReconciliationCaseEnd } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { type Details, EndDetails } from './end-details.tsx';
import { caseChanged } from './use-case.ts';

/** Ends a difference: by what makes both books the same, or by accepting it. */
export function EndCase({ found }: { found: ReconciliationCaseDetail }) {
  const b = useBooksMessages();
  const { id, ends, offers } = found;
  const [chosen, setChosen] = useState<CaseEndKind | null>(null);
  const [details, setDetails] = useState<Details>({ reason: 'not_delivered' });
  const [justification, setJustification] = useState('');
  const [isAsked, setAsked] = useState(false);
  const end = useMutation({
    mutationFn: (body: ReconciliationCaseEnd) =>
      server.operator.call('endReconciliationCase', { params: { id }, body }),
    onSuccess: caseChanged,
    // Somebody else, or an answer that was lost, may have ended it.
    onError: () => queries.invalidateQueries({ queryKey: ['reconciliation case', id] }),
  });
  if (found.status === 'closed') return null;
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
  };
  const finish = (how: CaseEndKind): void => {
    const { status, reason, offer_id = offers?.length === 1 ? offers[0]?.offer_id : undefined } = details;
    end.mutate({
      end: how,
      justification: justification.trim(),
      ...(how === 'decide' && status && { status }),
      ...(how === 'reverse' && { reason }),
      ...(how === 'book' && offers && offer_id && { offer_id }),
    });
  };
  const isImpossible = (how: CaseEndKind): boolean => how === 'book' && offers?.length === 0;
  return (
    <form className="card" onSubmit={ask} aria-label={b.cases.end}>
      <h2>{b.cases.end}</h2>
      {end.data?.status === 'open' && (
        <p className="notice" role="status">
          {b.cases.waits}
        </p>
      )}
      {offers?.length === 0 && <p className="notice">{b.cases.noOffer}</p>}
      <fieldset className="choices">
        <legend>{b.cases.how}</legend>
        {ends.map((how) => (
          <label key={how}>
            <input
              type="radio"
              name={`end ${id}`}
              required
              disabled={isImpossible(how)}
              checked={chosen === how}
              onChange={() => setChosen(how)}
            />
            <span>
              {b.cases.ends[how]}
              <span className="hint">{b.cases.endHints[how]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {chosen && <EndDetails end={chosen} offers={offers} details={details} onChange={setDetails} />}
      <JustificationField hint={b.cases.noteHint} value={justification} onWrite={setJustification} />
      <RefusalNote error={end.error} />
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={end.isPending || chosen === null || justification.trim() === ''}
        >
          {b.cases.end}
        </button>
      </div>
      {isAsked && chosen && (
        <ConfirmDeed
          title={b.cases.sure}
          deed={b.cases.ends[chosen]}
          onDo={() => finish(chosen)}
          onClose={() => setAsked(false)}
        >
          <p>{b.cases.endHints[chosen]}</p>
          <p className="hint">{b.cases.final}</p>
        </ConfirmDeed>
      )}
    </form>
  );
}
