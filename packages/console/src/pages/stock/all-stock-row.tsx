import type { OperatorOffer } from '@opentopup/contract';
import { CirclePlay, PackagePlus } from 'lucide-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { Sparkline } from './sparkline.tsx';
import { Units } from './units.tsx';
import { useStanding } from './use-cover.ts';
import { useStock } from './use-stock.ts';

interface Props {
  offer: OperatorOffer;
  /** Whose it is. */
  owner: string;
  onGrant: (() => void) | null;
  /** Where its sale was stopped because of its cost. */
  onResume: (() => void) | null;
}

/** One stock of a distributor: what is left, how fast it goes, how long it will last, and the way to fill it. */
export function AllStockRow({ offer, owner, onGrant, onResume }: Props) {
  const { data } = useStock(offer.id, 'month');
  const m = useMessages();
  const standing = useStanding();
  return (
    <div className="row">
      <span className="row-main">
        <Link className="row-title row-long" to={`/stock/${offer.id}`}>
          <bdi>{offer.name}</bdi>
        </Link>
        <span className="hint">
          <DistributorLink id={offer.distributor_id} name={owner} />
          {' · '}
          {standing(data)}
        </span>
      </span>
      {data && <Sparkline values={data.history.points.map(({ available }) => available)} />}
      <span className="row-side">
        {offer.status !== 'available' && <span className="badge badge-ko">{m.sell.stopped}</span>}
        <Units units={offer.bucket.available} {...(data && { level: data.level })} />
        {offer.bucket.available > 0 && <span className="hint">{m.stock.available}</span>}
      </span>
      {onResume && (
        <button type="button" className="row-action" aria-label={m.stock.resumeSale(offer.name)} onClick={onResume}>
          <CirclePlay aria-hidden />
          {m.stock.resume}
        </button>
      )}
      {onGrant && (
        <button type="button" className="row-action" aria-label={m.stock.grantTo(offer.name)} onClick={onGrant}>
          <PackagePlus aria-hidden />
          {m.stock.grant}
        </button>
      )}
    </div>
  );
}
