import type { ReconciliationDay } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** The totals of each day, of both sides. */
export function DayTable({ days, timeZone }: { days: readonly ReconciliationDay[]; timeZone: string }) {
  const b = useBooksMessages();
  const f = useFormats();
  const costs = ({ cost }: ReconciliationDay['ours']): string =>
    cost.map(({ amount, currency }) => f.money(amount, currency)).join(', ') || '–';
  const columns = [
    b.runs.ours,
    b.runs.ourCost,
    b.runs.theirs,
    b.runs.theirCost,
    b.runs.agreed,
    b.runs.open,
    b.runs.found,
  ];
  return (
    <section className="card" aria-label={b.runs.totals}>
      <h2>{b.runs.totals}</h2>
      <p className="hint">{b.runs.utc(timeZone)}</p>
      <Scroll className="table-place table-tall" label={b.runs.totals}>
        <table>
          <thead>
            <tr>
              <th scope="col">{b.runs.day}</th>
              {columns.map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ date, ours, theirs, agreed, open, differences }) => (
              <tr key={date}>
                <th scope="row">{f.calendarDay(date)}</th>
                <td className="number">{f.number(ours.delivered)}</td>
                <td className="number">{costs(ours)}</td>
                <td className="number">{f.number(theirs.delivered)}</td>
                <td className="number">{costs(theirs)}</td>
                <td className="number">{f.number(agreed)}</td>
                <td className="number">{f.number(open)}</td>
                <td className="number">
                  {differences === 0 ? (
                    <span className="badge badge-ok">{b.runs.agrees}</span>
                  ) : (
                    <span className="badge badge-ko">{f.number(differences)}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
