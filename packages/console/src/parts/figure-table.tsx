import type { Key, ReactNode } from 'react';
import { Scroll } from './scroll.tsx';

interface Row {
  key: Key;
  title: ReactNode;
  /** What stands in the columns behind the first. */
  cells: readonly ReactNode[];
}

interface Props {
  title: string;
  /** The first names the rows, the others have figures. */
  columns: readonly [string, ...string[]];
  rows: readonly Row[];
  children?: ReactNode;
}

/** Rows with figures. */
export function FigureTable({ title, columns: [first, ...columns], rows, children }: Props) {
  return (
    <section className="card">
      <h2>{title}</h2>
      {children}
      {rows.length > 0 && (
        <Scroll className="table-place table-tall" label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{first}</th>
                {columns.map((name) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, title: name, cells }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {columns.map((column, i) => (
                    <td key={column} className="number">
                      {cells[i]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
