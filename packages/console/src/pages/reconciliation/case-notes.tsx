import type { ReconciliationCaseDetail } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { TextField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { usePerson } from '../../parts/use-person.ts';
import { onceOnly, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { caseChanged } from './use-case.ts';

/** What people have noted of a difference, and room for more. */
export function CaseNotes({ found: { id, notes } }: { found: ReconciliationCaseDetail }) {
  const b = useBooksMessages();
  const m = useMessages();
  const f = useFormats();
  const may = useMay();
  const person = usePerson();
  const [text, setText] = useState('');
  const note = useMutation({
    mutationFn: () => server.operator.call('changeReconciliationCase', { params: { id }, body: { note: text.trim() } }),
    retry: onceOnly,
    onSuccess: (found) => {
      setText('');
      caseChanged(found);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    note.mutate();
  };
  return (
    <section className="card" aria-label={b.cases.notes}>
      <h2>{b.cases.notes}</h2>
      {notes.length === 0 && <p className="hint">{b.cases.noNotes}</p>}
      <ul className="plain">
        {notes.map(({ date, author, kind, text: noted }) => (
          <li key={`${date} ${author} ${noted}`} className="entry">
            <span className="long">
              {kind && `${b.cases.noteKinds[kind]}${m.colon}`}
              {noted}
              <span className="hint">
                {person(author)} · {f.moment(date)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {may('changeReconciliationCase') && (
        <form onSubmit={submit}>
          <TextField
            label={b.cases.note}
            hint={b.cases.noteHint}
            required
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <RefusalNote error={note.error} once />
          <div className="actions">
            <button type="submit" className="button" disabled={note.isPending || text.trim() === ''}>
              {b.cases.note}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
