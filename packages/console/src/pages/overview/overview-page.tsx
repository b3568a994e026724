import { customerMessage } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { Plot } from './plot.tsx';
import { MOST, SPANS, type Span, summaryOf } from './summary.ts';

const DAY_MS = 86_400_000;

/** How sales go: how many, how well, and why some do not. */
export function Component() {
  const m = useMessages();
  const [span, setSpan] = useState<Span>('day');
  const spans = (Object.keys(SPANS) as Span[]).map((value) => ({ value, label: m.overview.spans[value] }));
  return (
    <Page
      title={m.pages.overview}
      actions={<SelectField label={m.overview.span} value={span} options={spans} onChoose={setSpan} />}
    >
      <Figures key={span} span={span} />
    </Page>
  );
}

function Figures({ span }: { span: Span }) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  const isOperator = useMay()('listTransactions');
  const [since] = useState(() => new Date(Date.now() - SPANS[span].days * DAY_MS));
  const sales = useQuery({
    queryKey: ['transactions', 'overview', span],
    queryFn: async () => {
      const query = { startDate: since.toISOString().replace(/\.\d+/, ''), limit: 1_000 };
      const list = isOperator
        ? server.operator.each('listTransactions', { query })
        : server.operations.each('getDistributorTransactionList', { query });
      const found = [];
      for await (const { status, reason, creation_date } of list) {
        found.push({ status, reason, creation_date });
        if (found.length === MOST) break;
      }
      return found;
    },
  });
  if (sales.isPending) return <Skeleton />;
  if (!sales.data) return <Refusal error={sales.error} />;
  if (sales.data.length === 0) return <Empty title={m.overview.none}>{m.transactions.noneHint}</Empty>;
  const { steps, ok, ko, pending, reasons } = summaryOf(sales.data, since, span);
  const settled = ok + ko;
  return (
    <>
      {sales.data.length === MOST && <p className="notice">{m.overview.capped(f.number(MOST))}</p>}
      <dl className="figures">
        <Figure name={m.overview.sold} value={f.number(ok)} />
        <Figure name={m.overview.rate} value={settled === 0 ? '–' : f.percent(ok / settled)} />
        <Figure name={m.status.ko} value={f.number(ko)} />
        <Figure name={m.status.pending} value={f.number(pending)} />
      </dl>
      <section className="card">
        <h2>{m.overview.byTime[span]}</h2>
        <Plot
          steps={steps}
          names={[m.status.ok, m.status.ko]}
          label={m.overview.byTime[span]}
          write={span === 'day' ? f.hour : f.shortDay}
        />
      </section>
      {reasons.length > 0 && (
        <section className="card">
          <h2>{m.overview.reasons}</h2>
          <ul className="plain">
            {reasons.map(([reason, count]) => (
              <li key={reason} className="entry">
                <span>
                  <code>{reason}</code>
                  <span className="hint">{customerMessage(reason, language)}</span>
                </span>
                <strong>{f.number(count)}</strong>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div className="card figure">
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
