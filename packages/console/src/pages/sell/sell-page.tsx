import { useSearchParams } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useMay } from '../../session/session.ts';
import { OfferList } from './offer-list.tsx';
import { useOffers } from './offers.ts';
import { OrderForm } from './order-form.tsx';
import { SaleOutcome } from './sale-outcome.tsx';
import { useSale } from './use-sale.ts';

/** Selling: an offer, a line, a question, an outcome. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  return (
    <PageFrame title={m.pages.sell}>
      {may('createTransaction') ? <Counter /> : <Empty title={m.notAllowed} />}
    </PageFrame>
  );
}

function Counter() {
  const [search, setSearch] = useSearchParams();
  const offers = useOffers();
  const sale = useSale((id) => setSearch({ sale: id }));
  const sold = search.get('sale');
  if (sold) return <SaleOutcome id={sold} />;
  if (offers.isPending) return <Skeleton />;
  if (!offers.data) return <RefusalNote error={offers.error} />;
  const chosen = sale.draft.order?.body.offer_id ?? search.get('offer');
  const offer = offers.data.find(({ id }) => id === chosen);
  if (offer) return <OrderForm key={offer.id} offer={offer} sale={sale} />;
  return <OfferList offers={offers.data} onNumber={(line) => sale.keep({ line })} />;
}
