import type { ReconciliationCase } from '@opentopup/contract';
import { Link } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { Empty } from '../../parts/empty.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { usePageByPage } from '../../parts/use-page-by-page.ts';
import { server } from '../../server.ts';
import { CaseState } from './case-state.tsx';

const ROW_PX = 112;

/** Which cases are listed. */
export interface CaseFilters {
  status?: 'open' | 'closed';
  kind?: ReconciliationCase['kind'];
  owner?: string;
  owned?: boolean;
  supplier?: string;
  reconciliation?: string;
}

/** Differences, newest first. */
export function CaseList({ filters }: { filters: CaseFilters }) {
  const b = useBooksMessages();
  const { rows, error, hasMore, readOn } = usePageByPage(['reconciliation cases', filters], (page) =>
    server.operator.call('listReconciliationCases', { query: { ...filters, ...page } }),
  );
  if (!rows) return error ? <RefusalNote error={error} /> : <Skeleton />;
  if (rows.length === 0) return <Empty title={b.cases.none}>{b.cases.noneHint}</Empty>;
  return (
    <RowList
      label={b.parts.cases}
      rows={rows}
      keyOf={({ id }) => id}
      height_px={ROW_PX}
      hasMore={hasMore}
      onEnd={readOn}
    >
      {(found) => <Row found={found} />}
    </RowList>
  );
}

type Side = ReconciliationCase['ours'] | ReconciliationCase['theirs'];

function Row({ found }: { found: ReconciliationCase }) {
  const b = useBooksMessages();
  const f = useFormats();
  const { id, kind, supplier_name, distributor_name, line, ours, theirs, owner, creation_date, status } = found;
  const sum = (side: Side): string | undefined => {
    if (side?.cost !== undefined) return f.cost(side.cost, side.cost_currency);
    return side?.value === undefined ? undefined : f.cost(side.value, side.value_currency);
  };
  const amount = kind === 'other_price' ? `${sum(ours)} / ${sum(theirs)}` : (sum(theirs) ?? sum(ours));
  const age_s = Math.max(0, Date.now() - Date.parse(creation_date)) / 1_000;
  return (
    <Link className="row" to={`/month-end/cases/${id}`}>
      <span className="row-main">
        <span className="row-title row-long">{b.kinds[kind]}</span>
        <span className="hint">{[amount, supplier_name, distributor_name, line].filter(Boolean).join(' · ')}</span>
        <span className="hint">{owner ?? b.cases.nobody}</span>
      </span>
      <span className="row-side">
        <CaseState found={found} />
        <span className="hint">{status === 'open' ? b.cases.age(f.lasting(age_s)) : f.short(creation_date)}</span>
      </span>
    </Link>
  );
}
