import type { BooksFileReport } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { FaultTable } from '../../parts/fault-table.tsx';

/** What is wrong with a file, line by line. */
export function FileErrors({ report: { errors, error_count } }: { report: BooksFileReport }) {
  const b = useBooksMessages();
  const f = useFormats();
  const title = b.file.wrong(f.number(error_count), error_count);
  return (
    <section className="card" role="alert">
      <h2 className="ink-bad">{title}</h2>
      <p className="hint">{b.file.wrongHint}</p>
      <FaultTable
        label={title}
        words={{ line: b.file.line, column: b.file.column, fault: b.file.fault }}
        faults={errors}
        whole={b.file.whole}
      />
    </section>
  );
}
