import type { Statement } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { usePageByPage } from '../../parts/use-page-by-page.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { StatementDownload } from './statement-download.tsx';

const LOOK_MS = 1_000;

/** Statements, newest first. @param distributor whose, for the operator; all where it is empty */
export function StatementList({ distributor }: { distributor: string }) {
  const b = useBooksMessages();
  const isOperator = useMay()('listStatements');
  const { rows, error, hasMore, readOn } = usePageByPage(
    ['statements', distributor],
    (page) =>
      isOperator
        ? server.operator.call('listStatements', { query: { ...page, ...(distributor && { distributor }) } })
        : server.opentopup.call('listOwnStatements', { query: page }),
    (statements) => statements.some(({ status }) => status === 'closing') && LOOK_MS,
  );
  if (!rows) return error ? <RefusalNote error={error} /> : <Skeleton />;
  if (rows.length === 0) {
    return (
      <Empty title={b.statements.none}>
        {isOperator && !distributor ? b.statements.operatorNoneHint : b.statements.noneHint}
      </Empty>
    );
  }
  return (
    <div>
      <p className="hint lead">{isOperator ? b.statements.operatorHint : b.statements.hint}</p>
      {rows.map((statement) => (
        <Shown key={statement.id} statement={statement} isOperator={isOperator} />
      ))}
      {hasMore && (
        <button type="button" className="button" onClick={readOn}>
          {b.more}
        </button>
      )}
    </div>
  );
}

function Shown({ statement, isOperator }: { statement: Statement; isOperator: boolean }) {
  const m = useMessages();
  const b = useBooksMessages();
  const f = useFormats();
  const {
    number,
    first_day,
    last_day,
    distributor_id,
    distributor_name,
    totals = [],
    closing_date,
    progress,
  } = statement;
  const name = number === undefined ? b.statements.closing : b.statements.number(f.number(number));
  const title = isOperator ? `${name} · ${distributor_name}` : name;
  return (
    <section className="card" aria-label={title}>
      <h2>
        {name}
        {isOperator && (
          <>
            {' · '}
            <DistributorLink id={distributor_id} name={distributor_name} />
          </>
        )}
      </h2>
      <p>
        {b.statements.days(f.calendarDay(first_day), f.calendarDay(last_day))}
        {closing_date && <span className="hint">{b.statements.closedOn(f.moment(closing_date))}</span>}
      </p>
      {totals.map(({ currency, vat_rate, total, net, vat }) => (
        <p key={`${currency} ${vat_rate}`}>
          {b.statements.total}
          {m.colon}
          <strong>{f.money(total, currency)}</strong>
          {vat_rate !== undefined && vat !== undefined && (
            <span className="hint">
              {b.statements.net(f.money(net, currency), f.taxRate(vat_rate), f.money(vat, currency))}
            </span>
          )}
        </p>
      ))}
      {number === undefined ? (
        <progress
          aria-label={b.statements.progress}
          {...(progress && { value: progress.done, max: Math.max(1, progress.movements) })}
        />
      ) : (
        <StatementDownload statement={statement} isOperator={isOperator} />
      )}
    </section>
  );
}
