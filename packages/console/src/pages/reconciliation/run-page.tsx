import type { ReconciliationDetail } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { usePerson } from '../../parts/use-person.ts';
import { server } from '../../server.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { CaseList } from './case-list.tsx';
import { DayTable } from './day-table.tsx';
import { RunState } from './run-state.tsx';

const LOOK_MS = 1_000;

/** One reconciliation: how it stands, its days, and what differs. */
export function Component() {
  const b = useBooksMessages();
  const { id = '' } = useParams();
  const { data, error } = useQuery({
    queryKey: ['reconciliation', id],
    queryFn: () => server.operator.call('getReconciliation', { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_MS : false),
  });
  return (
    <MonthEndFrame
      title={data?.supplier_name ?? b.runs.one}
      actions={<Link to="/month-end/reconciliations">{b.parts.reconciliations}</Link>}
    >
      {data ? <Run run={data} /> : error ? <RefusalNote error={error} /> : <Skeleton />}
    </MonthEndFrame>
  );
}

function Run({ run }: { run: ReconciliationDetail }) {
  const b = useBooksMessages();
  const m = useMessages();
  const f = useFormats();
  const words = useServerWords();
  const person = usePerson();
  const { status, cause, from, to, source, file_name, matched, open, differences, new_cases } = run;
  const count = f.number;
  return (
    <>
      <section className="card" aria-label={b.runs.one}>
        <h2>
          {b.runs.days(f.calendarDay(from), f.calendarDay(to))} <RunState run={run} />
        </h2>
        {status === 'running' && (
          <div role="status">
            <progress aria-label={b.runs.running} />
            <p className="hint">{b.runs.progress(count(run.ours), count(run.theirs))}</p>
          </div>
        )}
        {status === 'failed' && (
          <div className="notice notice-bad" role="alert">
            <p>
              {b.runs.failed}
              {cause && `${m.colon}${words(cause) ?? cause}`}
            </p>
            <p className="hint">{b.runs.failedHint}</p>
          </div>
        )}
        <Facts
          facts={[
            [b.runs.source, source === 'list' ? b.runs.list : (file_name ?? b.file.choose)],
            [b.runs.by, person(run.requested_by)],
            [b.runs.begun, f.moment(run.creation_date)],
            [b.runs.compared, b.runs.span(f.moment(run.compared_from), f.moment(run.compared_before))],
            [m.pages.transactions, b.runs.counts(count(run.ours), count(run.theirs))],
            [
              b.runs.matched,
              b.runs.matchedBy(count(matched.reference), count(matched.supplier_reference), count(matched.line)),
            ],
            [b.runs.open, count(open)],
            [b.runs.found, differences > 0 && `${count(differences)}, ${b.runs.newCases(count(new_cases), new_cases)}`],
          ]}
        />
      </section>
      {run.days.length > 0 && <DayTable days={run.days} timeZone={run.time_zone} />}
      {status === 'done' && differences > 0 && (
        <section aria-label={b.cases.ofRun}>
          <h2 className="lead">{b.cases.ofRun}</h2>
          <CaseList filters={{ reconciliation: run.id }} />
        </section>
      )}
    </>
  );
}
