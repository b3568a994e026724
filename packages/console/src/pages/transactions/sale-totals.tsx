import type { TransactionTotals } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import type { Filters } from './filters.ts';

const LOOK_MS = 15_000;

type Total = TransactionTotals['totals'][number];

/** How many sales there are that the filters let through, how they stand, and what they add up to. */
export function SaleTotals({ filters: { distributor, ...query } }: { filters: Filters }) {
  const m = useMessages();
  const f = useFormats();
  const isOperator = useMay()('totalTransactions');
  const { data } = useQuery({
    queryKey: ['transactions', 'totals', { ...query, distributor }],
    queryFn: () =>
      isOperator
        ? server.operator.call('totalTransactions', { query: { ...query, ...(distributor && { distributor }) } })
        : server.opentopup.call('getTransactionTotals', { query }),
    refetchInterval: LOOK_MS,
  });
  const count = data?.totals.reduce((sum, { transactions }) => sum + transactions, 0) ?? 0;
  return (
    <>
      <p className="hint" role="status">
        {data ? m.transactions.count(f.number(count), count) : m.loading}
        {data && !data.complete && ` · ${m.transactions.newest}`}
      </p>
      {data && data.totals.length > 0 && <ByOutcome totals={data.totals} />}
    </>
  );
}

/** One sum for each outcome and currency: the customers' price at once, what is behind it on demand. */
function ByOutcome({ totals }: { totals: readonly Total[] }) {
  const m = useMessages();
  const f = useFormats();
  const columns = [m.transactions.number, m.stock.price, m.transaction.cost, m.transaction.margin];
  return (
    <details className="sale-totals">
      <summary>
        {totals.map((total) => (
          <span key={total.world + total.status + total.currency}>
            {total.world === 'sandbox' && <span className="badge">{m.sandbox}</span>} <StatusBadge {...total} />{' '}
            {f.number(total.transactions)} · <strong>{f.money(total.public_price, total.currency)}</strong>
          </span>
        ))}
      </summary>
      <Scroll className="table-place" label={m.transactions.totals}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.transactions.status}</th>
              {columns.map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {totals.map(({ world, status, currency, transactions, public_price, resell_value, margin }) => (
              <tr key={world + status + currency}>
                <th scope="row">
                  {m.status[status]} {world === 'sandbox' && <span className="badge">{m.sandbox}</span>}
                </th>
                <td className="number">{f.number(transactions)}</td>
                <td className="number">{f.money(public_price, currency)}</td>
                <td className="number">{f.money(resell_value, currency)}</td>
                <td className="number">{f.money(margin, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
