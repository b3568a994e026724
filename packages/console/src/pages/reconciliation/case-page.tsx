import type { ReconciliationCaseDetail } from '@opentopup/contract';
import { Link, useParams } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { usePerson } from '../../parts/use-person.ts';
import { useMay } from '../../session/session.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { CaseNotes } from './case-notes.tsx';
import { CaseOwner } from './case-owner.tsx';
import { CaseSides } from './case-sides.tsx';
import { CaseState } from './case-state.tsx';
import { EndCase } from './end-case.tsx';
import { useCase } from './use-case.ts';

/** One difference: both sides, who takes care of it, what was noted, and how it ends. */
export function Component() {
  const b = useBooksMessages();
  const { id = '' } = useParams();
  const { data, error } = useCase(id);
  const may = useMay();
  return (
    <MonthEndFrame
      title={data ? b.kinds[data.kind] : b.cases.facts}
      actions={<Link to="/month-end/cases?status=open">{b.cases.all}</Link>}
    >
      {!data && (error ? <RefusalNote error={error} /> : <Skeleton />)}
      {data && (
        <div className="columns">
          <div>
            <CaseFacts found={data} />
            <CaseSides found={data} />
          </div>
          <div>
            {may('endReconciliationCase') && <EndCase found={data} />}
            <CaseNotes found={data} />
          </div>
        </div>
      )}
    </MonthEndFrame>
  );
}

function CaseFacts({ found }: { found: ReconciliationCaseDetail }) {
  const m = useMessages();
  const b = useBooksMessages();
  const f = useFormats();
  const person = usePerson();
  const words = useServerWords();
  const { supplier_name, distributor_id, distributor_name, transaction_id, attempt, line, status, gone_date, kind } =
    found;
  const { end, ended_by, end_date, end_justification, reconciliation_id } = found;
  const isSoldHere = transaction_id !== undefined && (kind !== 'delivered_there_not_sold_here' || end === 'book');
  return (
    <section className="card" aria-label={b.cases.facts}>
      <h2>
        {b.cases.facts} <CaseState found={found} />
      </h2>
      {status === 'open' && gone_date && <p className="notice">{b.cases.goneHint(f.moment(gone_date))}</p>}
      <Facts
        facts={[
          [m.supplier, supplier_name],
          [
            m.distributor,
            distributor_id && distributor_name && (
              <DistributorLink key="whose" id={distributor_id} name={distributor_name} />
            ),
          ],
          [b.cases.line, line],
          [b.cases.date, f.moment(found.date)],
          [b.cases.sale, isSoldHere && <Link to={`/transactions/${transaction_id}`}>{b.cases.saleLink}</Link>],
          [b.cases.attempt, attempt !== undefined && attempt > 1 && f.number(attempt)],
          [b.cases.confidence, b.cases.confidences[found.confidence]],
          [b.cases.found, f.moment(found.creation_date)],
          [
            b.cases.seen,
            <Link key="run" to={`/month-end/reconciliations/${reconciliation_id}`}>
              {f.moment(found.seen_date)}
            </Link>,
          ],
          [b.cases.ended, end && ended_by && end_date && b.cases.endedBy(person(ended_by), f.moment(end_date))],
          [b.cases.how, end && b.cases.ends[end]],
          [m.justification, end_justification && (words(end_justification) ?? end_justification)],
        ]}
      />
      <CaseOwner found={found} />
    </section>
  );
}
