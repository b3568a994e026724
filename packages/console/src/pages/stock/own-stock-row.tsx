import type { StockStanding } from '@opentopup/contract';
import { PackagePlus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { useMay } from '../../session/session.ts';
import { OrderRefill } from './order-refill.tsx';
import { Sparkline } from './sparkline.tsx';
import { Units } from './units.tsx';
import { useStanding } from './use-cover.ts';
import { useStock } from './use-stock.ts';

interface Props {
  stock: StockStanding;
  /** Why it cannot be sold, however many units there are. */
  obstacle: 'expired' | 'stopped' | null;
}

/** One stock in the list: what is left, how fast it goes, how long it will last, and the way to order more. */
export function OwnStockRow({ stock, obstacle }: Props) {
  const { data } = useStock(stock.offer_id, 'month');
  const m = useMessages();
  const b = useBooksMessages();
  const may = useMay();
  const standing = useStanding();
  const [isOrdering, setOrdering] = useState(false);
  return (
    <div className="row">
      <span className="row-main">
        <Link className="row-title row-long" to={`/stock/${stock.offer_id}`}>
          <bdi>{stock.offer_name}</bdi>
        </Link>
        {obstacle ? (
          <span className="hint obstacle">{m.sell[obstacle]}</span>
        ) : (
          <span className="hint">{standing(data)}</span>
        )}
      </span>
      {data && <Sparkline values={data.history.points.map(({ available }) => available)} />}
      <span className="row-side">
        <Units units={stock.available} level={stock.level} />
        {!obstacle && stock.available > 0 && <span className="hint">{m.stock.available}</span>}
      </span>
      {may('orderRefill') && data && (
        <button
          type="button"
          className="row-action"
          aria-label={b.refill.orderFor(stock.offer_name)}
          onClick={() => setOrdering(true)}
        >
          <PackagePlus aria-hidden />
          {b.refill.send}
        </button>
      )}
      {isOrdering && data && (
        <OrderRefill
          offer={{ id: stock.offer_id, name: stock.offer_name }}
          refill={data.refill}
          onDone={() => setOrdering(false)}
        />
      )}
    </div>
  );
}
