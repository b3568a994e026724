import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { DistributorLink } from '../../../parts/distributor-link.tsx';
import { FigureTable } from '../../../parts/figure-table.tsx';
import { LastSales } from '../../../parts/last-sales.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { useAllOffers, useDistributors } from '../../../parts/use-all-offers.ts';
import { server } from '../../../server.ts';

/** What goes through a supplier: its last sales, whose pages have the calls, and its offers, whose pages have the routes. */
export function SupplierTraffic({ id }: { id: string }) {
  const o = useOfficeMessages();
  return (
    <>
      <LastSales title={o.supplier.lastSales} of={{ supplier: id }}>
        <p className="hint">
          {o.supplier.callsHint} <Link to={`/transactions?supplier=${id}`}>{o.supplier.itsSales}</Link>
        </p>
      </LastSales>
      <Offers id={id} />
    </>
  );
}

function Offers({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const offers = useAllOffers();
  const distributors = useDistributors();
  const products = useQuery({
    queryKey: ['products', id],
    queryFn: () => Array.fromAsync(server.operator.each('listProducts', { query: { supplier: id, limit: 1_000 } })),
  });
  const own = new Set(products.data?.map((product) => product.id));
  const found = offers.data?.filter(({ product_id }) => own.has(product_id)) ?? [];
  const nameOf = (distributor: string) => distributors.data?.find((each) => each.id === distributor)?.name ?? '';
  return (
    <FigureTable
      title={o.supplier.offers}
      columns={[m.sell.offer, m.stock.available, m.stock.cost, o.distributor.charged]}
      rows={found.map(({ id: offer, name, distributor_id, bucket, cost, resell_value, currency }) => ({
        key: offer,
        title: (
          <>
            <Link to={`/stock/${offer}`}>
              <bdi>{name}</bdi>
            </Link>
            <span className="hint">
              <DistributorLink id={distributor_id} name={nameOf(distributor_id)} />
            </span>
          </>
        ),
        cells: [
          f.number(bucket.available),
          cost === undefined ? '–' : f.money(cost, currency),
          f.money(resell_value, currency),
        ],
      }))}
    >
      <RefusalNote error={offers.error ?? products.error} />
      <p className="hint">{products.data && found.length === 0 ? o.supplier.noOffers : o.supplier.offersHint}</p>
    </FigureTable>
  );
}
