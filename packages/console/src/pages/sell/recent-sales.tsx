import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { statusWord } from '../../parts/status-badge.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** How far back a sale to the same line is worth a word. */
const RECENT_MS = 15 * 60_000;

/** What the distributor has sold to a line moments ago, at whatever till: perhaps this customer is served already. */
export function RecentSales({ line }: { line: string | undefined }) {
  const m = useMessages();
  const f = useFormats();
  const { data = [] } = useQuery({
    queryKey: ['transactions', 'recent', line],
    queryFn: () =>
      server.operations.call('getDistributorTransactionList', {
        query: { line: line ?? '', startDate: new Date(Date.now() - RECENT_MS).toISOString(), limit: 3 },
      }),
    enabled: useMay()('getDistributorTransactionList') && line !== undefined,
    retry: false,
  });
  const sales = data.filter(({ status }) => status === 'ok' || status === 'pending');
  return (
    <div className="recent" role="status">
      {sales.map((sale) => (
        <p key={sale.id} className="notice notice-bad">
          {m.sell.soldBefore(f.moment(sale.creation_date), sale.offer_name, statusWord(m, sale))}
        </p>
      ))}
    </div>
  );
}
