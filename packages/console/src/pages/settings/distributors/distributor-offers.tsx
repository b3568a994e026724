import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { FigureTable } from '../../../parts/figure-table.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { useAllOffers } from '../../../parts/use-all-offers.ts';

/** What a distributor is offered, at which price, and what is left of it. */
export function DistributorOffers({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { data, error } = useAllOffers();
  const offers = data?.filter(({ distributor_id }) => distributor_id === id) ?? [];
  return (
    <FigureTable
      title={m.settings.offers}
      columns={[m.sell.offer, m.stock.available, m.stock.held, m.stock.cost, o.distributor.charged]}
      rows={offers.map(({ id: offer, name, status, bucket, cost, resell_value, currency }) => ({
        key: offer,
        title: (
          <>
            <Link to={`/stock/${offer}`}>
              <bdi>{name}</bdi>
            </Link>{' '}
            {status !== 'available' && <span className="badge badge-ko">{m.sell.stopped}</span>}
          </>
        ),
        cells: [
          f.number(bucket.available),
          f.number(bucket.held),
          cost === undefined ? '–' : f.money(cost, currency),
          f.money(resell_value, currency),
        ],
      }))}
    >
      <RefusalNote error={error} />
      {data && offers.length === 0 && <p className="hint">{o.distributor.noOffers}</p>}
    </FigureTable>
  );
}
