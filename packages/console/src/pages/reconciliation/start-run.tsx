import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote, reasonIn } from '../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../server.ts';
import { SupplierField } from './supplier-field.tsx';

/** Compares our books with what a supplier lists. */
export function StartRun() {
  const b = useBooksMessages();
  const navigate = useNavigate();
  const [supplier_id, setSupplier] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const start = useMutation({
    mutationFn: () =>
      server.operator.call('createReconciliation', { body: { supplier_id, ...(from && { from }), ...(to && { to }) } }),
    retry: onceOnly,
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['reconciliations'] });
      return navigate(`/month-end/reconciliations/${id}`);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={b.runs.start}>
      <h2>{b.runs.start}</h2>
      <p className="hint">{b.runs.startHint}</p>
      <SupplierField value={supplier_id} onChoose={setSupplier} />
      <Field label={b.runs.from} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      <Field
        label={b.runs.to}
        hint={b.runs.toHint}
        type="date"
        min={from}
        value={to}
        onChange={(event) => setTo(event.target.value)}
      />
      {reasonIn(start.error) === 'not_supported' ? (
        <p className="notice notice-bad" role="alert">
          {b.runs.notListed} <Link to={`/month-end/file?supplier=${supplier_id}`}>{b.file.compare}</Link>
        </p>
      ) : (
        <RefusalNote error={start.error} once />
      )}
      <button type="submit" className="button button-main" disabled={start.isPending || supplier_id === ''}>
        {b.runs.compare}
      </button>
    </form>
  );
}
