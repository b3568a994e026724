import type { ReconciliationDay } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { FigureTable } from '../../parts/figure-table.tsx';

/** The totals of each day, of both sides. */
export function DayTable({ days, timeZone }: { days: readonly ReconciliationDay[]; timeZone: string }) {
  const b = useBooksMessages();
  const f = useFormats();
  const costs = ({ cost }: ReconciliationDay['ours']): string =>
    cost.map(({ amount, currency }) => f.money(amount, currency)).join(', ') || '–';
  const found = (differences: number) =>
    differences === 0 ? (
      <span className="badge badge-ok">{b.runs.agrees}</span>
    ) : (
      <span className="badge badge-ko">{f.number(differences)}</span>
    );
  return (
    <FigureTable
      title={b.runs.totals}
      columns={[
        b.runs.day,
        b.runs.ours,
        b.runs.ourCost,
        b.runs.theirs,
        b.runs.theirCost,
        b.runs.agreed,
        b.runs.open,
        b.runs.found,
      ]}
      rows={days.map(({ date, ours, theirs, agreed, open, differences }) => ({
        key: date,
        title: f.calendarDay(date),
        cells: [
          f.number(ours.delivered),
          costs(ours),
          f.number(theirs.delivered),
          costs(theirs),
          f.number(agreed),
          f.number(open),
          found(differences),
        ],
      }))}
    >
      <p className="hint">{b.runs.utc(timeZone)}</p>
    </FigureTable>
  );
}
