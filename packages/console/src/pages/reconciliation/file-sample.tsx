import type { BooksFileReport } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { Scroll } from '../../parts/scroll.tsx';

type Row = BooksFileReport['sample'][number];

/** The first rows of a file, and how they are read. */
export function FileSample({ report: { columns, sample, mapping } }: { report: BooksFileReport }) {
  const b = useBooksMessages();
  const f = useFormats();
  const read = ({ date, state, reference, supplier_reference, value, cost }: Row): string =>
    [
      date && f.moment(date),
      state && b.states[state as keyof typeof b.states],
      cost !== undefined && f.cost(cost, mapping?.currency),
      value !== undefined && f.cost(value, undefined),
      reference,
      supplier_reference,
    ]
      .filter(Boolean)
      .join(' · ');
  if (sample.length === 0) return null;
  return (
    <section className="card" aria-label={b.file.sample}>
      <h2>{b.file.sample}</h2>
      <Scroll className="table-place" label={b.file.sample}>
        <table>
          <thead>
            <tr>
              {columns.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
              {mapping && <th scope="col">{b.file.read}</th>}
            </tr>
          </thead>
          <tbody>
            {sample.map((row) => (
              <tr key={row.line}>
                {columns.map((title) => (
                  <td key={title}>{row.cells[title]}</td>
                ))}
                {mapping && <td>{read(row) || '–'}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
