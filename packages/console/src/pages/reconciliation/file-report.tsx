import type { BooksFileReport } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { DayTable } from './day-table.tsx';
import { FileErrors } from './file-errors.tsx';
import { FileSample } from './file-sample.tsx';
import { MappingForm } from './mapping-form.tsx';
import { RunState } from './run-state.tsx';

interface Props {
  supplierId: string;
  report: BooksFileReport;
  onMapped: () => void;
  onKeep: () => void;
}

/** What a file says: how it is read, what is wrong with it, or what would be found. */
export function FileReport({ supplierId, report, onMapped, onKeep }: Props) {
  const m = useMessages();
  const b = useBooksMessages();
  const f = useFormats();
  const { mapping, rows, error_count, reconciliation, kinds } = report;
  const form = <MappingForm key={supplierId} supplierId={supplierId} report={report} onKept={onMapped} />;
  return (
    <>
      <p className="lead" role="status">
        {b.file.rows(f.number(rows), rows)}
      </p>
      {error_count > 0 && <FileErrors report={report} />}
      {mapping ? (
        <details className="card" open={error_count > 0}>
          <summary>{b.mapping.title}</summary>
          {form}
        </details>
      ) : (
        <section className="card" aria-label={b.mapping.title}>
          <h2>{b.mapping.title}</h2>
          <p>{b.mapping.unsaid}</p>
          {form}
        </section>
      )}
      <FileSample report={report} />
      {reconciliation && (
        <>
          <section className="card" aria-label={b.file.would}>
            <h2>
              {b.file.would} <RunState run={reconciliation} />
            </h2>
            {kinds.length > 0 && (
              <ul className="plain">
                {kinds.map(({ kind, count }) => (
                  <li key={kind}>
                    {b.kinds[kind]}
                    {m.colon}
                    {f.number(count)}
                  </li>
                ))}
              </ul>
            )}
            <p className="hint">{b.file.keepHint}</p>
            <div className="actions">
              <button type="button" className="button button-main" onClick={onKeep}>
                {b.file.keep}
              </button>
            </div>
          </section>
          <DayTable days={reconciliation.days} timeZone={reconciliation.time_zone} />
        </>
      )}
    </>
  );
}
