import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { Export } from './export.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, useFilters } from './filters.ts';
import { ReversalRequests } from './reversal-requests.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { TransactionList } from './transaction-list.tsx';
import { useTransactions } from './use-transactions.ts';

/** What was sold, and what became of it. */
export function Component() {
  const m = useMessages();
  const [filters] = useFilters();
  const { rows, error, isPending, hasMore, readOn } = useTransactions(filters);
  return (
    <PageFrame title={m.pages.transactions} actions={<Actions filters={filters} />}>
      <ReversalRequests />
      <FilterBar />
      <SavedFilters />
      <RefusalNote error={error} />
      {isPending && <Skeleton />}
      {rows?.length === 0 && <Empty title={m.transactions.none}>{m.transactions.noneHint}</Empty>}
      {rows && rows.length > 0 && <Count filters={filters} />}
      {rows && rows.length > 0 && <TransactionList rows={rows} hasMore={hasMore} onEnd={readOn} />}
    </PageFrame>
  );
}

function Actions({ filters }: { filters: Filters }) {
  const m = useMessages();
  const may = useMay();
  return (
    <>
      {may('listIdentifications') && <Link to="/transactions/identifications">{m.identifications.title}</Link>}
      {may('resolveTransaction') && <Link to="/transactions/unresolved">{m.unresolved.title}</Link>}
      <Export filters={filters} />
    </>
  );
}

/** How many there are that the filters let through. */
function Count({ filters: { distributor, ...query } }: { filters: Filters }) {
  const m = useMessages();
  const f = useFormats();
  const isOperator = useMay()('countTransactions');
  const { data } = useQuery({
    queryKey: ['transactions', 'count', { ...query, distributor }],
    queryFn: () =>
      isOperator
        ? server.operator.call('countTransactions', { query: { ...query, ...(distributor && { distributor }) } })
        : server.operations.call('getDistributorTransactionCount', { query }),
  });
  return (
    <p className="hint" role="status">
      {data ? m.transactions.count(f.number(data.count), data.count) : m.loading}
    </p>
  );
}
