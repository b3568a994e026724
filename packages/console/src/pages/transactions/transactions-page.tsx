import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useMay } from '../../session/session.ts';
import { Export } from './export.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, useFilters } from './filters.ts';
import { ReversalRequests } from './reversal-requests.tsx';
import { SaleTotals } from './sale-totals.tsx';
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
      {rows && rows.length > 0 && <SaleTotals filters={filters} />}
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
