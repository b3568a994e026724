import { FileText, Trophy } from 'lucide-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { useOfficeMessages } from '../../language/office.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useMay } from '../../session/session.ts';
import { OfferTable } from './offer-table.tsx';
import { OrdersByTime, ValueByTime } from './over-time.tsx';
import { ReasonTable } from './reason-table.tsx';
import { StockOutTable } from './stock-out-table.tsx';
import { SupplierTable } from './supplier-table.tsx';
import { Totals } from './totals.tsx';
import { type Asked, OVERVIEW_SPANS, useAsked, useOverview } from './use-overview.ts';
import { WaitingNotes } from './waiting-notes.tsx';

/** How sales went: how many, how well, why some came to nothing, and what empty stocks have cost. */
export function Component() {
  const m = useMessages();
  const o = useOfficeMessages();
  const may = useMay();
  const [asked, change] = useAsked();
  const spans = OVERVIEW_SPANS.map((value) => ({ value, label: m.overview.spans[value] }));
  return (
    <PageFrame
      title={m.pages.overview}
      actions={
        <>
          {may('rankSales') && (
            <Link className="button" to="/overview/ranking">
              <Trophy aria-hidden /> {o.ranking.title}
            </Link>
          )}
          {may('listOwnStatements') && (
            <Link className="button" to="/overview/statements">
              <FileText aria-hidden /> {m.statements.title}
            </Link>
          )}
          <DistributorField value={asked.distributor} onChoose={(value) => change('distributor', value)} />
          <SelectField
            label={m.overview.span}
            value={asked.span}
            options={spans}
            onChoose={(span) => change('span', span)}
          />
        </>
      }
    >
      <Overview asked={asked} />
    </PageFrame>
  );
}

function Overview({ asked }: { asked: Asked }) {
  const m = useMessages();
  const may = useMay();
  const { data, error } = useOverview(asked);
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  const { totals, offers, suppliers, reasons, stock_outs, waiting } = data;
  const isEmpty = totals.orders + totals.refused + totals.previous.orders + stock_outs.length === 0;
  if (isEmpty) {
    return (
      <>
        <WaitingNotes waiting={waiting} />
        <Empty title={m.overview.none}>
          <p>{m.overview.noneHint}</p>
          {may('createTransaction') && <Link to="/sell">{m.overview.sell}</Link>}
        </Empty>
      </>
    );
  }
  return (
    <>
      <WaitingNotes waiting={waiting} />
      <Totals overview={data} span={asked.span} />
      <OrdersByTime overview={data} />
      <ValueByTime overview={data} />
      <OfferTable offers={offers} />
      <SupplierTable suppliers={suppliers} />
      <ReasonTable reasons={reasons} />
      <StockOutTable stockOuts={stock_outs} />
    </>
  );
}
