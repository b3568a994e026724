import { FileText, Trophy } from 'lucide-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { useOfficeMessages } from '../../language/office.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { isZone } from '../../parts/zone-days.ts';
import { useMay } from '../../session/session.ts';
import { OfferTable } from './offer-table.tsx';
import { OrdersByTime, ValueByTime } from './over-time.tsx';
import { OverviewExport } from './overview-export.tsx';
import { PeriodFields } from './period-fields.tsx';
import { ReasonTable } from './reason-table.tsx';
import { StockOutTable } from './stock-out-table.tsx';
import { SupplierTable } from './supplier-table.tsx';
import { Totals } from './totals.tsx';
import { type PeriodAsked, useAsked, useOverview } from './use-overview.ts';
import { WaitingNotes } from './waiting-notes.tsx';

/** How sales went: how many, how well, why some came to nothing, and what empty stocks have cost. */
export function Component() {
  const m = useMessages();
  const o = useOfficeMessages();
  const may = useMay();
  const [asked, change] = useAsked();
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
        </>
      }
    >
      <PeriodFields asked={asked} onChange={change} />
      <Overview asked={asked} />
    </PageFrame>
  );
}

function Overview({ asked }: { asked: PeriodAsked }) {
  const m = useMessages();
  const may = useMay();
  const { data, error } = useOverview(asked);
  if (!isZone(asked.zone)) return null;
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
      <OverviewExport asked={asked} />
      <OrdersByTime overview={data} />
      <ValueByTime overview={data} />
      <OfferTable offers={offers} />
      <SupplierTable suppliers={suppliers} />
      <ReasonTable reasons={reasons} />
      <StockOutTable stockOuts={stock_outs} />
    </>
  );
}
