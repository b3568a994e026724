import type { OfferStock } from '@opentopup/contract';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useAllOffers } from '../../parts/use-all-offers.ts';
import { useMay } from '../../session/session.ts';
import { useOffers } from '../sell/offers.ts';
import { AlertsLink } from './alerts-link.tsx';
import { lookAhead } from './look-ahead.ts';
import { RouteCard } from './route-card.tsx';
import { SalesPlot, StockPlot } from './stock-plot.tsx';
import { StockTable } from './stock-table.tsx';
import { Units } from './units.tsx';
import { useCover, usePace } from './use-cover.ts';
import { STOCK_SPANS, type StockSpan, useStock } from './use-stock.ts';

/** One stock: how it stands, how long it will last, and how it came to that. */
export function Component() {
  const m = useMessages();
  const { id = '' } = useParams();
  const [span, setSpan] = useState<StockSpan>('month');
  const { data, error, dataUpdatedAt } = useStock(id, span);
  const offer = useOfferOf(id);
  const any = useAllOffers().data?.find((each) => each.id === id);
  const may = useMay();
  // Without a change the plots stay as they are drawn.
  const ahead = useMemo(() => (data ? lookAhead(data, dataUpdatedAt) : null), [data, dataUpdatedAt]);
  const spans = (Object.keys(STOCK_SPANS) as StockSpan[]).map((value) => ({ value, label: m.stock.spans[value] }));
  return (
    <PageFrame
      title={offer?.name ?? m.pages.stock}
      actions={
        <>
          <Link to="/stock">{m.stock.all}</Link>
          <AlertsLink offer={id} />
        </>
      }
    >
      {error && <RefusalNote error={error} />}
      {data && <StockFacts stock={data} offer={offer} />}
      {any && may('getOfferRoute') && <RouteCard offer={any} />}
      <section className="card">
        <SelectField label={m.overview.span} value={span} options={spans} onChoose={setSpan} />
        {data ? (
          <>
            <StockPlot history={data.history} ahead={ahead} />
            <SalesPlot history={data.history} ahead={ahead} />
            <StockTable history={data.history} />
          </>
        ) : (
          !error && <Skeleton />
        )}
      </section>
    </PageFrame>
  );
}

/** What is told of an offer beside its stock. */
interface Told {
  name: string;
  currency: string;
  cost: number;
  /** Not for the operator. */
  price?: number;
}

/** Gives the offer, from the list that whoever looks may see. */
function useOfferOf(id: string): Told | undefined {
  const own = useOffers().data?.find((each) => each.id === id);
  const any = useAllOffers().data?.find((each) => each.id === id);
  if (any) return { name: any.name, currency: any.currency, cost: any.resell_value };
  if (!own) return undefined;
  const { name, product, resell_value, public_price } = own;
  return { name, currency: product.reference_currency, cost: resell_value, price: public_price };
}

function StockFacts({ stock, offer }: { stock: OfferStock; offer: Told | undefined }) {
  const m = useMessages();
  const f = useFormats();
  const pace = usePace();
  const { likely, range, unsure } = useCover()(stock.forecast);
  const { low, high } = stock.forecast.empty_at;
  const money = (value: number | undefined): string | undefined =>
    offer && value !== undefined ? f.money(value, offer.currency) : undefined;
  const rows: [string, string | undefined][] = [
    [m.stock.held, f.number(stock.held)],
    [m.stock.parked, stock.parked > 0 ? f.number(stock.parked) : undefined],
    [m.stock.owed, stock.owed > 0 ? f.number(stock.owed) : undefined],
    [m.stock.threshold, stock.threshold === undefined ? undefined : f.number(stock.threshold)],
    [m.stock.cost, money(offer?.cost)],
    [m.stock.price, money(offer?.price)],
  ];
  return (
    <>
      <dl className="figures">
        <Figure name={m.stock.available} value={<Units units={stock.available} level={stock.level} />} />
        <Figure name={m.stock.pace} value={pace(stock.pace_per_day)} />
        <Figure name={m.stock.cover} value={likely ?? '–'} hint={[range, unsure].filter(Boolean).join(' · ')} />
        {low && stock.available > 0 && (
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
