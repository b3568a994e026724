import type { IdentificationCase } from '@opentopup/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { IdentificationEntry } from './identification-entry.tsx';

const STATUSES = ['overdue', 'pending', 'identified'] as const;
type Status = (typeof STATUSES)[number];
const PAGE_SIZE = 50;

export const IDENTIFICATIONS = ['identifications'] as const;

/** The eSIMs whose users have to be identified, the most urgent first. */
export function Component() {
  const m = useMessages();
  const [search, setSearch] = useSearchParams();
  const status = STATUSES.find((each) => each === search.get('status'));
  return (
    <PageFrame title={m.identifications.title} actions={<Link to="/transactions">{m.transaction.all}</Link>}>
      <p className="lead hint">{m.identifications.hint}</p>
      <search className="filters">
        <SelectField
          label={m.transactions.status}
          value={status ?? ''}
          options={[
            { value: '', label: m.all },
            ...STATUSES.map((each) => ({ value: each as string, label: m.identifications.status[each] })),
          ]}
          onChoose={(chosen) => setSearch(chosen ? { status: chosen } : {}, { replace: true })}
        />
      </search>
      <List status={status} />
    </PageFrame>
  );
}

function List({ status }: { status: Status | undefined }) {
  const m = useMessages();
  const { data, error, isPending, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [...IDENTIFICATIONS, status],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      server.opentopup.call('listIdentifications', {
        query: { offset: pageParam, limit: PAGE_SIZE, ...(status && { status }) },
      }),
    getNextPageParam: (page: IdentificationCase[], all) => (page.length < PAGE_SIZE ? null : all.length * PAGE_SIZE),
  });
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  const cases = data.pages.flat();
  if (cases.length === 0) return <Empty title={m.identifications.none} />;
  return (
    <section className="card" aria-label={m.identifications.title}>
      <ul className="plain">
        {cases.map((each) => (
          <IdentificationEntry key={each.transaction_id} identification={each} />
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetching} onClick={() => void fetchNextPage()}>
          {m.identifications.more}
        </button>
      )}
    </section>
  );
}
