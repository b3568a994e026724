import type { BooksFileReport } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { onceOnly, patient, queries } from '../../server.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { FileReport } from './file-report.tsx';
import { SupplierField } from './supplier-field.tsx';

const NAMES = ['supplier', 'from'] as const;

/** Compares our books with a file of a supplier: it is looked at first, and kept when somebody says so. */
export function Component() {
  const b = useBooksMessages();
  const navigate = useNavigate();
  const [{ supplier = '', from = '' }, change] = useAddress(NAMES);
  const [to, setTo] = useState('');
  const [isWhole, setIsWhole] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const compare = useMutation({
    mutationFn: async (isDryRun: boolean): Promise<BooksFileReport> => {
      const body = new Uint8Array((await file?.arrayBuffer()) ?? []);
      const query = { from, ...(to && { to }), ...(file && { name: file.name }), whole: isWhole, dry_run: isDryRun };
      const input = { params: { id: supplier }, query, body };
      return (await patient.operator.answer('compareBooksFile', input)).body as BooksFileReport;
    },
    retry: onceOnly,
    onSuccess: async ({ dry_run, reconciliation }) => {
      if (dry_run || !reconciliation) return;
      for (const key of ['reconciliations', 'reconciliation cases', 'recovery']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
      await navigate(`/month-end/reconciliations/${reconciliation.id}`);
    },
  });
  const look = (event: FormEvent): void => {
    event.preventDefault();
    compare.mutate(true);
  };
  /** What was found is of what was chosen then. */
  const choosing = (choose: () => void): void => {
    compare.reset();
    choose();
  };
  return (
    <MonthEndFrame
      title={b.file.title}
      actions={<Link to="/month-end/reconciliations">{b.parts.reconciliations}</Link>}
    >
      <form className="card" onSubmit={look} aria-label={b.file.compare}>
        <p className="hint">{b.file.hint}</p>
        <div className="filters">
          <SupplierField value={supplier} onChoose={(value) => choosing(() => change({ supplier: value }))} />
          <Field
            label={b.file.choose}
            type="file"
            required
            accept=".csv,.txt,.xlsx,text/csv"
            onChange={(event) => choosing(() => setFile(event.target.files?.[0] ?? null))}
          />
          <Field
            label={b.runs.from}
            type="date"
            required
            value={from}
            onChange={(event) => choosing(() => change({ from: event.target.value }))}
          />
          <Field
            label={b.runs.to}
            hint={b.runs.toHint}
            type="date"
            min={from}
            value={to}
            onChange={(event) => choosing(() => setTo(event.target.value))}
          />
        </div>
        <label className="check">
          <input
            type="checkbox"
            checked={isWhole}
            onChange={(event) => choosing(() => setIsWhole(event.target.checked))}
          />
          {b.file.isWhole}
        </label>
        <RefusalNote error={compare.error} once={compare.variables === false} />
        {compare.isPending && (
          <div role="status">
            <progress aria-label={b.file.reading} />
            <p className="hint">
              {b.file.reading}… {b.file.readingHint}
            </p>
          </div>
        )}
        <div className="actions">
          <button
            type="submit"
            className="button button-main"
            disabled={compare.isPending || supplier === '' || file === null}
          >
            {b.file.look}
          </button>
        </div>
      </form>
      {compare.data && (
        <FileReport
          supplierId={supplier}
          report={compare.data}
          onMapped={() => compare.mutate(true)}
          onKeep={() => compare.mutate(false)}
        />
      )}
    </MonthEndFrame>
  );
}
