import type { Offer } from '@opentopup/contract';
import { PackagePlus } from 'lucide-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Sparkline } from './sparkline.tsx';
import { Units } from './units.tsx';
import { useCover, usePace } from './use-cover.ts';
import { useStock } from './use-stock.ts';

interface Props {
  offer: Offer;
  /** Whose it is. */
  owner: string;
  onGrant: (() => void) | null;
}

/** One stock of a distributor: what is left, how fast it goes, how long it will last, and the way to fill it. */
export function AllStockRow({ offer, owner, onGrant }: Props) {
  const { data } = useStock(offer.id, 'month');
  const m = useMessages();
  const pace = usePace();
  const cover = useCover();
  const { likely, range, unsure } = data ? cover(data.forecast) : {};
  return (
    <div className="row">
      <span className="row-main">
        <Link className="row-title" to={`/stock/${offer.id}`}>
          {offer.name}
        </Link>
        <span className="hint">{owner}</span>
        <span className="hint">
          {[likely ?? unsure, data && data.pace_per_day > 0 && pace(data.pace_per_day), range]
            .filter(Boolean)
            .join(', ')}
        </span>
      </span>
      {data && <Sparkline values={data.history.points.map(({ available }) => available)} />}
      <span className="row-side">
        <Units units={offer.bucket.available} {...(data && { level: data.level })} />
        {offer.bucket.available > 0 && <span className="hint">{m.stock.available}</span>}
      </span>
      {onGrant && (
        <button
          type="button"
          className="icon-button"
          aria-label={m.stock.grantTo(offer.name)}
          title={m.stock.grantTo(offer.name)}
          onClick={onGrant}
        >
          <PackagePlus aria-hidden />
        </button>
      )}
    </div>
  );
}
