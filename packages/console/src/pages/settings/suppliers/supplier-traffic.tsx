import type { SupplierRoute } from '@opentopup/contract';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { type OfficeMessages, useOfficeMessages } from '../../../language/office.ts';
import { DistributorLink } from '../../../parts/distributor-link.tsx';
import { FigureTable } from '../../../parts/figure-table.tsx';
import { LastSales } from '../../../parts/last-sales.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { usePageByPage } from '../../../parts/use-page-by-page.ts';
import { server } from '../../../server.ts';
import { SupplierCalls } from './supplier-calls.tsx';

/** What goes through a supplier: its last sales and calls, and the offers that it may deliver. */
export function SupplierTraffic({ id }: { id: string }) {
  const o = useOfficeMessages();
  return (
    <>
      <LastSales title={o.supplier.lastSales} of={{ supplier: id }}>
        <p className="hint">
          <Link to={`/transactions?supplier=${id}`}>{o.supplier.itsSales}</Link>
        </p>
      </LastSales>
      <SupplierCalls id={id} />
      <Routes id={id} />
    </>
  );
}

/** Tells in which place a supplier is tried for an offer. */
const placeOf = (o: OfficeMessages, { strategy, place, places }: SupplierRoute): string =>
  strategy === undefined ? o.supplier.alone : o.supplier.strategies[strategy](String(place), String(places));

function Routes({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { rows, error, hasMore, readOn } = usePageByPage(['supplier routes', id], (query) =>
    server.operator.call('listSupplierRoutes', { params: { id }, query }),
  );
  return (
    <FigureTable
      title={o.supplier.offers}
      columns={[m.sell.offer, o.supplier.place, o.supplier.soldLately, o.supplier.byIt, o.supplier.share]}
      rows={(rows ?? []).map((row) => ({
        key: `${row.offer_id} ${row.product_id}`,
        title: (
          <>
            <Link to={`/stock/${row.offer_id}`}>
              <bdi>{row.offer_name}</bdi>
            </Link>
            <span className="hint">
              <DistributorLink id={row.distributor_id} name={row.distributor_name} />
            </span>
          </>
        ),
        cells: [
          placeOf(o, row),
          f.number(row.sold),
          f.number(row.delivered),
          row.sold === 0 ? '–' : f.percent(row.delivered / row.sold),
        ],
      }))}
    >
      <RefusalNote error={error} />
      <p className="hint">{rows?.length === 0 ? o.supplier.noOffers : o.supplier.offersHint}</p>
      {hasMore && (
        <button type="button" className="button" onClick={readOn}>
          {o.more}
        </button>
      )}
    </FigureTable>
  );
}
