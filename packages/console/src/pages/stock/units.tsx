import type { StockStanding } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';

/** How high a row of a stock is: on a phone a long name takes two lines. */
export const STOCK_ROW_PX = matchMedia('(min-width: 40rem)').matches ? 64 : 92;

/** Units in stock; none is said in words too, and so are few. */
export function Units({ units, level }: { units: number; level?: StockStanding['level'] }) {
  const m = useMessages();
  const f = useFormats();
  if (units === 0) return <span className="badge badge-ko">{m.sell.empty}</span>;
  return (
    <>
      {level === 'low' && <span className="badge badge-pending">{m.stock.low}</span>} <strong>{f.number(units)}</strong>
    </>
  );
}
