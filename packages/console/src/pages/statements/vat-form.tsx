import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** Sets the VAT of a product, from now or from later on. */
export function VatForm({ product: id }: { product: string }) {
  const b = useBooksMessages();
  const [rate, setRate] = useState('');
  const [included, setIncluded] = useState(true);
  const [since, setSince] = useState('');
  const save = useMutation({
    mutationFn: () =>
      server.operator.call('setVatRate', {
        params: { id },
        body: {
          rate: rate === '' ? null : Number(rate),
          included,
          ...(since && { since: new Date(since).toISOString() }),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['vat rates', id] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={b.vat.set}>
      <h2>{b.vat.set}</h2>
      <Field
        label={b.vat.rate}
        hint={b.vat.rateHint}
        type="number"
        inputMode="decimal"
        min={0}
        max={100}
        step="any"
        value={rate}
        onChange={(event) => setRate(event.target.value)}
      />
      <div className="choices">
        <label>
          <input type="checkbox" checked={included} onChange={(event) => setIncluded(event.target.checked)} />
          {b.vat.included}
        </label>
      </div>
      <Field
        label={b.vat.since}
        hint={b.vat.sinceHint}
        type="datetime-local"
        value={since}
        onChange={(event) => setSince(event.target.value)}
      />
      <RefusalNote error={save.error} />
      {save.isSuccess && <p role="status">{b.vat.saved}</p>}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {b.vat.set}
        </button>
      </div>
    </form>
  );
}
