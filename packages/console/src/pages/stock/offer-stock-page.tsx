import type { OfferLight, OfferStock } from '@opentopup/contract';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useOffers } from '../sell/offers.ts';
import { AlertsLink } from './alerts-link.tsx';
import { SalesPlot, StockPlot } from './stock-plot.tsx';
import { StockTable } from './stock-table.tsx';
import { Units } from './units.tsx';
import { useCover, usePace } from './use-cover.ts';
import { SPANS, type Span, useStock } from './use-stock.ts';

/** One stock: how it stands, how long it will last, and how it came to that. */
export function Component() {
  const m = useMessages();
  const { id = '' } = useParams();
  const [span, setSpan] = useState<Span>('month');
  const { data, error } = useStock(id, span);
  const offer = useOffers().data?.find((each) => each.id === id);
  const spans = (Object.keys(SPANS) as Span[]).map((value) => ({ value, label: m.stock.spans[value] }));
  return (
    <Page
      title={offer?.name ?? m.pages.stock}
      actions={
        <>
          <Link to="/stock">{m.stock.all}</Link>
          <AlertsLink offer={id} />
        </>
      }
    >
      {error && <Refusal error={error} />}
      {data && <StockFacts stock={data} offer={offer} />}
      <section className="card">
        <SelectField label={m.overview.span} value={span} options={spans} onChoose={setSpan} />
        {data ? (
          <>
            <StockPlot history={data.history} />
            <SalesPlot history={data.history} />
            <StockTable history={data.history} />
          </>
        ) : (
          !error && <Skeleton />
        )}
      </section>
    </Page>
  );
}

function StockFacts({ stock, offer }: { stock: OfferStock; offer: OfferLight | undefined }) {
  const m = useMessages();
  const f = useFormats();
  const pace = usePace();
  const { likely, range, unsure } = useCover()(stock.forecast);
  const { low, high } = stock.forecast.empty_at;
  const money = (value: number | undefined): string | undefined =>
    offer && value !== undefined ? f.money(value, offer.product.reference_currency) : undefined;
  const rows: [string, string | undefined][] = [
    [m.stock.held, f.number(stock.held)],
    [m.stock.threshold, stock.threshold === undefined ? undefined : f.number(stock.threshold)],
    [m.stock.cost, money(offer?.resell_value)],
    [m.stock.price, money(offer?.public_price)],
  ];
  return (
    <>
      <dl className="figures">
        <Figure name={m.stock.available} value={<Units units={stock.available} level={stock.level} />} />
        <Figure name={m.stock.pace} value={pace(stock.pace_per_day)} />
        <Figure name={m.stock.cover} value={likely ?? '–'} hint={[range, unsure].filter(Boolean).join(' · ')} />
        {low && (
          <Figure name={m.stock.emptyFrom} value={f.day(low)} hint={high ? m.stock.emptyUntil(f.day(high)) : ''} />
        )}
      </dl>
      <dl className="card facts">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}

interface FigureProps {
  name: string;
  value: React.ReactNode;
  hint?: string;
}

const Figure = ({ name, value, hint }: FigureProps) => (
  <div className="card figure">
    <dt>{name}</dt>
    <dd>{value}</dd>
    {hint && <dd className="hint">{hint}</dd>}
  </div>
);
