import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../language/format.ts';
import { useMessages } from '../language/language.ts';
import { useOfficeMessages } from '../language/office.ts';
import { server } from '../server.ts';
import { FigureTable } from './figure-table.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { StatusBadge } from './status-badge.tsx';

const SHOWN = 10;

interface Props {
  title: string;
  /** Of whom, or by whom. */
  of: { distributor: string } | { supplier: string };
  children?: ReactNode;
}

/** What was sold last, for the operator: each row leads to the page of the sale. */
export function LastSales({ title, of, children }: Props) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { data, error } = useQuery({
    queryKey: ['transactions', 'last', of],
    queryFn: () => server.operator.call('listTransactions', { query: { ...of, limit: SHOWN } }),
  });
  return (
    <FigureTable
      title={title}
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
      {children}
    </FigureTable>
  );
}
