import type { OfferStock } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** The numbers of the plot, newest first. */
export function StockTable({ history: { step, points } }: Pick<OfferStock, 'history'>) {
  const m = useMessages();
  const f = useFormats();
  return (
    <details>
      <summary>{m.stock.numbers}</summary>
      <Scroll className="table-place table-tall" label={m.stock.numbers}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.receipt.date}</th>
              <th scope="col" className="number">
                {m.stock.sold}
              </th>
              <th scope="col" className="number">
                {m.stock.granted}
              </th>
              <th scope="col" className="number">
                {m.stock.available}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ date, sold, granted, available }) => (
              <tr key={date}>
                <th scope="row">{step === 'day' ? f.utcDay(new Date(date)) : f.short(date)}</th>
                <td className="number">{f.number(sold)}</td>
                <td className="number">{granted === 0 ? '–' : f.number(granted)}</td>
                <td className="number">{f.number(available)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
