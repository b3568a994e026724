import type { Recovery } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { recoveryChanged } from './use-recovery.ts';

/** Opens sales again, once nothing is lost any more and nobody is asked. */
export function EndRecovery({ recovery: { suppliers, lost, not_covered } }: { recovery: Recovery }) {
  const b = useBooksMessages();
  const [justification, setJustification] = useState('');
  const [isAsked, setAsked] = useState(false);
  const end = useMutation({
    mutationFn: () => server.operator.call('endRecovery', { body: { justification: justification.trim() } }),
    onSuccess: recoveryChanged,
    onError: () => queries.invalidateQueries({ queryKey: ['recovery'] }),
  });
  const isRunning = suppliers.some(({ status }) => status === 'running');
  const isLeft = lost.one_offer + lost.several_offers + lost.no_offer > 0;
  const written = justification.toLowerCase();
  const unnamed = not_covered.filter((name) => !written.includes(name.toLowerCase()));
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(true);
  };
  return (
    <form className="card" onSubmit={ask} aria-label={b.recovery.end}>
      <h2>{b.recovery.end}</h2>
      <p className="hint">{b.recovery.endHint}</p>
      {isRunning && <p className="notice">{b.recovery.stillRunning}</p>}
      {isLeft && <p className="notice">{b.recovery.stillLost}</p>}
      {unnamed.length > 0 && <p className="notice">{b.recovery.toBeNamed(unnamed.join(', '))}</p>}
      <JustificationField hint={b.cases.noteHint} value={justification} onWrite={setJustification} />
      <RefusalNote error={end.error} />
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={end.isPending || isRunning || isLeft || unnamed.length > 0 || justification.trim() === ''}
        >
          {b.recovery.end}
        </button>
      </div>
      {isAsked && (
        <ConfirmDeed
          title={b.recovery.endSure}
          deed={b.recovery.endDeed}
          onDo={() => end.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{b.recovery.endHint}</p>
        </ConfirmDeed>
      )}
    </form>
  );
}
