import type { ReconciliationCase } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** Ours and theirs beside each other; what is not the same is marked. */
export function CaseSides({
  found: { ours, theirs, supplier_name, transaction_id, kind },
}: {
  found: ReconciliationCase;
}) {
  const b = useBooksMessages();
  const f = useFormats();
  const sum = (amount: number | undefined, currency: string | undefined): string | undefined =>
    amount === undefined ? undefined : f.cost(amount, currency);
  const rows: [name: string, ours: string | undefined, theirs: string | undefined, isDifferent: boolean][] = [
    [
      b.cases.state,
      ours ? b.states[ours.state] : b.cases.unknown,
      theirs ? b.states[theirs.state] : b.cases.unknown,
      ours?.state !== theirs?.state,
    ],
    [b.cases.at, ours && f.moment(ours.date), theirs && f.moment(theirs.date), false],
    [b.cases.value, sum(ours?.value, ours?.value_currency), sum(theirs?.value, theirs?.value_currency), false],
    [
      b.cases.cost,
      sum(ours?.cost, ours?.cost_currency),
      sum(theirs?.cost, theirs?.cost_currency),
      kind === 'other_price',
    ],
    [b.cases.reference, ours && transaction_id, theirs?.reference, false],
    [b.cases.supplierReference, undefined, theirs?.supplier_reference, false],
  ];
  return (
    <section className="card" aria-label={b.cases.sides}>
      <h2>{b.cases.sides}</h2>
      <Scroll className="table-place" label={b.cases.sides}>
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{b.cases.here}</th>
              <th scope="col">{supplier_name}</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(([, here, there]) => here !== undefined || there !== undefined)
              .map(([name, here, there, isDifferent]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {(
                    [
                      ['here', here],
                      ['there', there],
                    ] as const
                  ).map(([side, text]) => (
                    <td key={side} className="side">
                      {isDifferent ? <strong className="ink-bad">{text ?? '–'}</strong> : (text ?? '–')}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
