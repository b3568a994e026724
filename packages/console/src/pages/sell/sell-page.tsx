import type { OfferLight } from '@opentopup/contract';
import { lazy, Suspense, useDeferredValue, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useMay } from '../../session/session.ts';
import { useHabits } from './habits.ts';
import { LineSearchForm } from './line-search-form.tsx';
import { nextSteps } from './next-steps.ts';
import { OfferList } from './offer-list.tsx';
import { offersFor } from './offer-search.ts';
import { useOffers } from './offers.ts';
import { OUTCOME } from './outcome.ts';
import { RecentSales } from './recent-sales.tsx';
import { SaleRefusal } from './sale-refusal.tsx';
import { useLineSearch } from './use-line-search.ts';
import { type OngoingSale, useSale } from './use-sale.ts';

const OrderForm = lazy(async () => ({ default: (await import('./order-form.tsx')).OrderForm }));
const SaleOutcome = lazy(async () => ({ default: (await import('./sale-outcome.tsx')).SaleOutcome }));

/** Selling: a line, an amount, a question, an outcome. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  return (
    <PageFrame title={m.pages.sell}>{may('createTransaction') ? <Till /> : <Empty title={m.notAllowed} />}</PageFrame>
  );
}

function Till() {
  const m = useMessages();
  const [search, setSearch] = useSearchParams();
  const offers = useOffers();
  const sale = useSale((id) => setSearch({ sale: id }));
  if (offers.isPending) return <Skeleton />;
  if (!offers.data) return <RefusalNote error={offers.error} />;
  const chosen = sale.draft.order?.body.offer_id ?? search.get('offer');
  const offer = offers.data.find(({ id }) => id === chosen);
  if (offer) {
    return (
      <Suspense fallback={<Skeleton />}>
        <OrderForm key={offer.id} offer={offer} sale={sale} />
      </Suspense>
    );
  }
  if (offers.data.length === 0) return <Empty title={m.sell.noOffers}>{m.sell.noOffersHint}</Empty>;
  return (
    <Counter offers={offers.data} sale={sale} sold={search.get('sale')} onOffer={(id) => setSearch({ offer: id })} />
  );
}

interface CounterProps {
  offers: readonly OfferLight[];
  sale: OngoingSale;
  /** The transaction whose outcome is told until the next line is typed. */
  sold: string | null;
  onOffer: (id: string) => void;
}

/** The field for the next customer, and beneath it what fits, or what has become of the last sale. */
function Counter({ offers, sale, sold, onOffer }: CounterProps) {
  const m = useMessages();
  const f = useFormats();
  const habits = useHabits();
  const [text, setText] = useState(sale.draft.line);
  const list = useRef<HTMLDivElement>(null);
  const line = useLineSearch(text, countriesOf(offers));
  const shown = useDeferredValue(text);
  const found = offersFor(offers, shown, line, habits, f);

  const choose = async (offer: OfferLight): Promise<void> => {
    const draft = { ...sale.draft, line: line.kind ? text.trim() : '' };
    sale.keep({ line: draft.line });
    habits.noteSale(offer.id);
    // Where it does not come, the form tells so.
    const steps = await nextSteps().catch(() => null);
    const order = steps?.orderOf(offer, draft);
    if (order) sale.prepare(order);
    else onOffer(offer.id);
  };
  const park = (offer: OfferLight): void => {
    sale.keep({ line: line.kind ? text.trim() : '' });
    onOffer(offer.id);
  };
  const isTold = sold !== null && text === '';
  return (
    <>
      <LineSearchForm
        text={text}
        line={line}
        about={isTold ? OUTCOME : undefined}
        onText={setText}
        onEnter={() => list.current?.querySelector<HTMLElement>('.offer-choice')?.focus()}
      >
        <details className="more" open={sale.draft.reference !== ''}>
          <summary>{m.sell.reference}</summary>
          <Field
            label={m.sell.reference}
            hint={m.sell.referenceHint}
            maxLength={255}
            autoComplete="off"
            value={sale.draft.reference}
            onChange={(event) => sale.keep({ reference: event.target.value })}
          />
        </details>
      </LineSearchForm>
      {!sale.draft.order && <SaleRefusal error={sale.error} />}
      <RecentSales line={line.whole} />
      {isTold ? (
        <Suspense fallback={<Skeleton />}>
          <SaleOutcome key={sold} id={sold} />
        </Suspense>
      ) : (
        <div ref={list} className="found">
          {found.length === 0 && <Empty title={line.kind ? m.sell.noneFits : m.nothingFound} />}
          <OfferList
            offers={found}
            habits={habits}
            onChoose={(offer) => void choose(offer)}
            onPark={park}
            onScan={setText}
          />
        </div>
      )}
    </>
  );
}

const countriesOf = (offers: readonly OfferLight[]): string[] => [
  ...new Set(
    offers.flatMap(({ product }) =>
      product.line_kind === 'msisdn' && product.line_country ? [product.line_country] : [],
    ),
  ),
];
