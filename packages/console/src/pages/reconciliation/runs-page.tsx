import type { Reconciliation } from '@opentopup/contract';
import { FileSpreadsheet } from 'lucide-react';
import { Link } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { usePageByPage } from '../../parts/use-page-by-page.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { RunState } from './run-state.tsx';
import { StartRun } from './start-run.tsx';
import { SupplierField } from './supplier-field.tsx';

const LOOK_MS = 1_000;
const ROW_PX = 88;
const NAMES = ['supplier'] as const;

/** What was compared with the books of suppliers, and the way to compare more. */
export function Component() {
  const b = useBooksMessages();
  const m = useMessages();
  const may = useMay();
  const [{ supplier = '' }, change] = useAddress(NAMES);
  return (
    <MonthEndFrame
      title={b.parts.reconciliations}
      actions={
        may('compareBooksFile') && (
          <Link className="button" to="/month-end/file">
            <FileSpreadsheet aria-hidden /> {b.file.compare}
          </Link>
        )
      }
    >
      <p className="hint lead">{b.runs.hint}</p>
      <div className="columns">
        <div>
          <div className="filters">
            <SupplierField value={supplier} every={m.all} onChoose={(value) => change({ supplier: value })} />
          </div>
          <Runs supplier={supplier} />
        </div>
        {may('createReconciliation') && <StartRun />}
      </div>
    </MonthEndFrame>
  );
}

function Runs({ supplier }: { supplier: string }) {
  const b = useBooksMessages();
  const { rows, error, hasMore, readOn } = usePageByPage(
    ['reconciliations', supplier],
    (page) => server.operator.call('listReconciliations', { query: { ...page, ...(supplier && { supplier }) } }),
    (runs) => runs.some(({ status }) => status === 'running') && LOOK_MS,
  );
  if (!rows) return error ? <RefusalNote error={error} /> : <Skeleton />;
  if (rows.length === 0) return <Empty title={b.runs.none}>{b.runs.noneHint}</Empty>;
  return (
    <RowList
      label={b.parts.reconciliations}
      rows={rows}
      keyOf={({ id }) => id}
      height_px={ROW_PX}
      hasMore={hasMore}
      onEnd={readOn}
    >
      {(run) => <Row run={run} />}
    </RowList>
  );
}

function Row({ run }: { run: Reconciliation }) {
  const b = useBooksMessages();
  const f = useFormats();
  const { id, supplier_name, source, file_name, from, to, creation_date, ours, theirs } = run;
  return (
    <Link className="row" to={`/month-end/reconciliations/${id}`}>
      <span className="row-main">
        <span className="row-title">{supplier_name}</span>
        <span className="hint">{b.runs.days(f.calendarDay(from), f.calendarDay(to))}</span>
        <span className="hint">
          {b.runs.counts(f.number(ours), f.number(theirs))} ·{' '}
          {source === 'list' ? b.runs.list : (file_name ?? b.file.choose)}
        </span>
      </span>
      <span className="row-side">
        <RunState run={run} />
        <span className="hint">{f.short(creation_date)}</span>
      </span>
    </Link>
  );
}
