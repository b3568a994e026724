import type { Offer } from '@opentopup/contract';
import { useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useAllOffers, useDistributors } from '../../parts/use-all-offers.ts';
import { useMay } from '../../session/session.ts';
import { Grant } from './grant.tsx';
import { Units } from './units.tsx';

/** The stock of every distributor, and the way to fill it. */
export function AllStock() {
  const m = useMessages();
  const may = useMay();
  const offers = useAllOffers();
  const distributors = useDistributors();
  const [granted, setGranted] = useState<Offer | null>(null);
  if (offers.isPending || distributors.isPending) return <Skeleton />;
  if (!offers.data || !distributors.data) return <Refusal error={offers.error ?? distributors.error} />;
  if (offers.data.length === 0) return <Empty title={m.stock.noOffers} />;
  return (
    <>
      {distributors.data.map(({ id, name, world }) => {
        const own = offers.data.filter(({ distributor_id }) => distributor_id === id);
        return (
          own.length > 0 && (
            <section key={id}>
              <h2>
                {name} {world === 'sandbox' && <span className="badge">{m.sandbox}</span>}
              </h2>
              <OfferTable name={name} offers={own} onGrant={may('createGrant') ? setGranted : null} />
            </section>
          )
        );
      })}
      {granted && <Grant key={granted.id} offer={granted} onDone={() => setGranted(null)} />}
    </>
  );
}

interface Props {
  name: string;
  offers: readonly Offer[];
  onGrant: ((offer: Offer) => void) | null;
}

function OfferTable({ name, offers, onGrant }: Props) {
  const m = useMessages();
  const f = useFormats();
  return (
    <Scroll className="table-place" label={name}>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.sell.offer}</th>
            <th scope="col" className="number">
              {m.stock.available}
            </th>
            <th scope="col" className="number">
              {m.stock.held}
            </th>
            <th scope="col" className="number">
              {m.stock.sold}
            </th>
            <th scope="col" className="number">
              {m.stock.cost}
            </th>
            {onGrant && (
              <th scope="col">
                <span className="unseen">{m.stock.grant}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {offers.map((offer) => (
            <tr key={offer.id}>
              <th scope="row">{offer.name}</th>
              <td className="number">
                <Units units={offer.bucket.available} />
              </td>
              <td className="number">{f.number(offer.bucket.held)}</td>
              <td className="number">{f.number(offer.bucket.sold)}</td>
              <td className="number">{f.number(offer.resell_value)}</td>
              {onGrant && (
                <td className="number">
                  <button
                    type="button"
                    className="button"
                    aria-label={m.stock.grantTo(offer.name)}
                    onClick={() => onGrant(offer)}
                  >
                    {m.stock.grant}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
