import type { Statement } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { CloseStatement } from './close-statement.tsx';
import { StatementDownload } from './statement-download.tsx';
import { StatementSettingsForm } from './statement-settings-form.tsx';

const LOOK_EVERY_MS = 1_000;

/** What the months came to: of a distributor its own, for the operator of all. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  const [distributor, setDistributor] = useState('');
  return (
    <PageFrame
      title={m.statements.title}
      actions={
        <>
          <Link to="/overview">{m.pages.overview}</Link>
          <DistributorField value={distributor} onChoose={setDistributor} />
        </>
      }
    >
      <div className="columns">
        <Statements distributor={distributor} />
        {may('closeStatement') && distributor !== '' && <CloseStatement key={distributor} distributor={distributor} />}
        {may('changeStatementSettings') && <StatementSettingsForm />}
      </div>
    </PageFrame>
  );
}

function Statements({ distributor }: { distributor: string }) {
  const m = useMessages();
  const isOperator = useMay()('listStatements');
  const { data, error } = useQuery({
    queryKey: ['statements', distributor],
    queryFn: () =>
      isOperator
        ? server.operator.call('listStatements', { query: distributor === '' ? {} : { distributor } })
        : server.opentopup.call('listOwnStatements'),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'closing') ? LOOK_EVERY_MS : false),
  });
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  if (data.length === 0) {
    return (
      <Empty title={m.statements.none}>
        <p>{m.statements.noneHint}</p>
      </Empty>
    );
  }
  return (
    <section className="card">
      <p className="hint">{m.statements.hint}</p>
      <ul className="plain">
        {data.map((statement) => (
          <li key={statement.id}>
            <Shown statement={statement} isOperator={isOperator} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Shown({ statement, isOperator }: { statement: Statement; isOperator: boolean }) {
  const m = useMessages();
  const f = useFormats();
  const { number, first_day, last_day, distributor_name, totals = [], closing_date, progress } = statement;
  // Noon, so that it is that day wherever the page is read.
  const dayOf = (day: string): string => f.day(`${day}T12:00:00Z`);
  const title = number === undefined ? m.statements.closing : m.statements.number(f.number(number));
  return (
    <>
      <h2>{isOperator ? `${title} · ${distributor_name}` : title}</h2>
      <p>
        {m.statements.days(dayOf(first_day), dayOf(last_day))}
        {closing_date && <span className="hint"> · {f.moment(closing_date)}</span>}
      </p>
      {totals.map(({ currency, vat_rate, total }) => (
        <p key={`${currency} ${vat_rate}`}>
          {m.statements.total}: {f.money(total, currency)}
          {vat_rate !== undefined && <span className="hint"> ({f.percent(vat_rate / 100)})</span>}
        </p>
      ))}
      {number === undefined ? (
        <progress
          aria-label={m.statements.progress}
          {...(progress && { value: progress.done, max: Math.max(1, progress.movements) })}
        />
      ) : (
        <StatementDownload statement={statement} isOperator={isOperator} />
      )}
    </>
  );
}
