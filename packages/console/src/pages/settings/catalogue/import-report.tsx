import type { ImportReport } from '@opentopup/contract';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { FaultTable } from '../../../parts/fault-table.tsx';

/** What an import has done, or would do; or what is wrong, line by line. */
export function ImportResult({ report }: { report: ImportReport }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { dry_run, rows, created, changed, unchanged, errors, encoding } = report;
  if (errors.length === 0) {
    return (
      <div className="notice" role="status">
        <p>
          {dry_run ? m.suppliers.wouldBe : m.suppliers.done}{' '}
          {o.import.counts(f.number(created), f.number(changed), f.number(unchanged))}
        </p>
        <p className="hint">
          {o.import.rows(f.number(rows), rows)}
          {encoding === 'windows-1252' && ` ${o.import.accents}`}
        </p>
      </div>
    );
  }
  return (
    <div role="alert">
      <p className="ink-bad">{m.suppliers.nothingDone}</p>
      <FaultTable
        label={m.suppliers.nothingDone}
        words={{ line: o.import.line, column: o.import.column, fault: o.import.fault }}
        faults={errors}
      />
    </div>
  );
}
