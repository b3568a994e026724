import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { FigureTable } from '../../../parts/figure-table.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { server } from '../../../server.ts';

const SHOWN = 10;

/** What a distributor sold last. */
export function DistributorSales({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { data, error } = useQuery({
    queryKey: ['transactions', 'last', id],
    queryFn: () => server.operator.call('listTransactions', { query: { distributor: id, limit: SHOWN } }),
  });
  return (
    <FigureTable
      title={o.distributor.lastSales}
      columns={[m.sell.offer, m.transactions.time, m.transactions.line, m.stock.price, m.transactions.status]}
      rows={(data ?? []).map((sale) => ({
        key: sale.id,
        title: (
          <Link to={`/transactions/${sale.id}`}>
            <bdi>{sale.offer_name}</bdi>
          </Link>
        ),
        cells: [
          f.short(sale.creation_date),
          sale.parameters.msisdn ?? sale.parameters.simId ?? sale.parameters.iccid ?? '–',
          f.money(sale.public_price, sale.local_currency),
          <StatusBadge key="status" {...sale} />,
        ],
      }))}
    >
      <RefusalNote error={error} />
      {data?.length === 0 && <p className="hint">{o.distributor.noSales}</p>}
    </FigureTable>
  );
}
