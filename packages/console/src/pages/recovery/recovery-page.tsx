import type { Recovery } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { Empty } from '../../parts/empty.tsx';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { usePerson } from '../../parts/use-person.ts';
import { useMay } from '../../session/session.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { BeginRecovery } from './begin-recovery.tsx';
import { BookLost } from './book-lost.tsx';
import { EndRecovery } from './end-recovery.tsx';
import { LostSales } from './lost-sales.tsx';
import { SearchedSuppliers } from './searched-suppliers.tsx';
import { useRecovery } from './use-recovery.ts';

/** What is done after a backup was restored, step by step. */
export function Component() {
  const b = useBooksMessages();
  const may = useMay();
  const { data, error, isPending } = useRecovery();
  return (
    <MonthEndFrame title={b.parts.recovery}>
      {isPending && <Skeleton />}
      {!data && <RefusalNote error={error} />}
      {data === null && <Empty title={b.recovery.none}>{b.recovery.noneHint}</Empty>}
      {data && <Shown recovery={data} />}
      {!isPending && data?.status !== 'open' && may('beginRecovery') && <BeginRecovery />}
    </MonthEndFrame>
  );
}

function Shown({ recovery }: { recovery: Recovery }) {
  const b = useBooksMessages();
  const may = useMay();
  const isOpen = recovery.status === 'open';
  return (
    <>
      {isOpen && <p className="hint lead">{b.recovery.closedHint}</p>}
      <div className="columns">
        <div>
          <RecoveryFacts recovery={recovery} />
          <SearchedSuppliers recovery={recovery} />
        </div>
        <div>
          {isOpen && (
            <section className="card" aria-label={b.recovery.grants}>
              <h2>{b.recovery.grants}</h2>
              <p className="hint">{b.recovery.grantsHint}</p>
            </section>
          )}
          {isOpen && <BookLost recovery={recovery} />}
          <LostSales recovery={recovery} />
          {isOpen && may('endRecovery') && <EndRecovery recovery={recovery} />}
        </div>
      </div>
    </>
  );
}

function RecoveryFacts({ recovery }: { recovery: Recovery }) {
  const b = useBooksMessages();
  const f = useFormats();
  const person = usePerson();
  const { since, begun_by, begin_date, end_date, ended_by, justification, booked, lost, status, not_covered } =
    recovery;
  const left = lost.one_offer + lost.several_offers + lost.no_offer;
  return (
    <section className="card" aria-label={b.recovery.facts}>
      <h2>
        {b.recovery.facts}{' '}
        <span className={status === 'open' ? 'badge badge-ko' : 'badge badge-ok'}>
          {status === 'open' ? b.recovery.closed : b.recovery.ended}
        </span>
      </h2>
      <Facts
        facts={[
          [b.recovery.backup, f.moment(since)],
          [b.recovery.begun, f.moment(begin_date)],
          [b.recovery.begunBy, person(begun_by)],
          [b.recovery.lost, f.number(left)],
          [b.recovery.booked, f.number(booked)],
          [b.recovery.ended, end_date && f.moment(end_date)],
          [b.recovery.endedBy, ended_by && person(ended_by)],
          [b.recovery.statuses.not_covered, status === 'ended' && not_covered.join(', ')],
          [b.recovery.justification, justification],
        ]}
      />
    </section>
  );
}
