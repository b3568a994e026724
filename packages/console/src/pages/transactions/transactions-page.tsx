import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useMay } from '../../session/session.ts';
import { exportCsv } from './export-csv.ts';
import { FilterBar } from './filter-bar.tsx';
import { useFilters } from './filters.ts';
import { TransactionList } from './transaction-list.tsx';
import { useTransactions } from './use-transactions.ts';

/** What was sold, and what became of it. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  const [filters] = useFilters();
  const list = useTransactions(filters);
  const csv = useMutation({ mutationFn: () => exportCsv(filters) });
  const rows = list.data?.pages.flat();
  return (
    <Page
      title={m.pages.transactions}
      actions={
        may('getDistributorTransactionList') && (
          <button type="button" className="button" disabled={csv.isPending} onClick={() => csv.mutate()}>
            <Download aria-hidden /> {m.transactions.csv}
          </button>
        )
      }
    >
      <FilterBar />
      <Refusal error={csv.error ?? list.error} />
      {list.isPending && <Skeleton />}
      {rows?.length === 0 && <Empty title={m.transactions.none}>{m.transactions.noneHint}</Empty>}
      {rows && rows.length > 0 && (
        <TransactionList rows={rows} hasMore={list.hasNextPage} onEnd={() => void list.fetchNextPage()} />
      )}
    </Page>
  );
}
