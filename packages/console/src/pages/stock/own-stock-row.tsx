import type { StockStanding } from '@opentopup/contract';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Sparkline } from './sparkline.tsx';
import { Units } from './units.tsx';
import { useCover, usePace } from './use-cover.ts';
import { useStock } from './use-stock.ts';

/** One stock in the list: what is left, how fast it goes, and how long it will last. */
export function OwnStockRow({ stock }: { stock: StockStanding }) {
  const { data } = useStock(stock.offer_id, 'month');
  const m = useMessages();
  const pace = usePace();
  const cover = useCover();
  const { likely, range, unsure } = data ? cover(data.forecast) : {};
  return (
    <Link className="row" to={`/stock/${stock.offer_id}`}>
      <span className="row-main">
        <span className="row-title row-long">{stock.offer_name}</span>
        {data && data.pace_per_day > 0 && <span className="hint">{pace(data.pace_per_day)}</span>}
        <span className="hint">{[likely ?? unsure, range].filter(Boolean).join(', ')}</span>
      </span>
      {data && <Sparkline values={data.history.points.map(({ available }) => available)} />}
      <span className="row-side">
        <Units units={stock.available} level={stock.level} />
        {stock.available > 0 && <span className="hint">{m.stock.available}</span>}
      </span>
    </Link>
  );
}
