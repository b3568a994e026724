import { type FormEvent, useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { Field, SelectField } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { ImportResult } from './import-report.tsx';
import { IMPORT_KINDS, type ImportKind, useFileImport } from './use-import.ts';

/** Adds or changes many things by a file: what it would do is told first, and nothing is done where a row is wrong. */
export function ImportForm() {
  const m = useMessages();
  const o = useOfficeMessages();
  const [kind, setKind] = useState<ImportKind>('offers');
  const [file, setFile] = useState<File | null>(null);
  const run = useFileImport(kind, file);
  const report = run.data;
  const isRehearsed = report?.dry_run === true && report.errors.length === 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run.mutate(!isRehearsed);
  };
  /** What was found is of what was chosen then. */
  const choosing = (choose: () => void): void => {
    run.reset();
    choose();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={o.catalogue.views.import}>
      <p className="hint">{o.import.hint}</p>
      <div className="filters">
        <SelectField
          label={o.import.kind}
          value={kind}
          options={IMPORT_KINDS.map((value) => ({ value, label: o.import.kinds[value] }))}
          onChoose={(chosen) => choosing(() => setKind(chosen))}
        />
        <Field
          label={o.import.file}
          hint={o.import.columns[kind]}
          type="file"
          required
          accept=".csv,.txt,.xlsx,text/csv"
          onChange={(event) => choosing(() => setFile(event.target.files?.[0] ?? null))}
        />
      </div>
      <RefusalNote error={run.error} />
      {report && <ImportResult report={report} />}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={run.isPending || file === null}>
          {isRehearsed ? o.import.take(report.created + report.changed) : m.suppliers.dryRun}
        </button>
      </div>
    </form>
  );
}
