import type { BooksFileReport } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useServerWords } from '../../language/server-words.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** What is wrong with a file, line by line. */
export function FileErrors({ report: { errors, error_count } }: { report: BooksFileReport }) {
  const b = useBooksMessages();
  const f = useFormats();
  const words = useServerWords();
  const title = b.file.wrong(f.number(error_count), error_count);
  return (
    <section className="card" role="alert">
      <h2 className="ink-bad">{title}</h2>
      <p className="hint">{b.file.wrongHint}</p>
      <Scroll className="table-place table-tall" label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{b.file.line}</th>
              <th scope="col">{b.file.column}</th>
              <th scope="col">{b.file.fault}</th>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ line, column, message }) => (
              <tr key={`${line} ${column} ${message}`}>
                <td>{line === 0 ? b.file.whole : f.number(line)}</td>
                <td>{column}</td>
                <td>{words(message) ?? message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
