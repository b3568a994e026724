import type { OfferLight } from '@opentopup/contract';
import { hindrance } from '@opentopup/contract/catalogue/hindrance';
import { Globe } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { offerCountry } from './offers.ts';

interface Props {
  offer: OfferLight;
  /** The key that chooses it. */
  digit?: number | undefined;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** An offer at a glance: what the customer pays, name, where, what is left. */
export function OfferCard({ offer, digit, children }: Props) {
  const m = useMessages();
  const f = useFormats();
  const country = offerCountry(offer);
  const obstacle = hindrance(offer);
  return (
    <span className={`offer ${obstacle ? 'offer-off' : ''}`}>
      <span className="country" aria-hidden>
        {country ?? <Globe />}
      </span>
      <span className="offer-text">
        <span className="offer-name">{offer.name}</span>
        <span className="hint">
          {country && `${f.country(country)} · `}
          {obstacle ? m.sell[obstacle] : m.sell.stock(f.number(offer.bucket), offer.bucket)}
        </span>
        {children}
      </span>
      {digit && <kbd aria-hidden>{digit}</kbd>}
      <span className="offer-price">{f.money(offer.public_price, offer.product.reference_currency)}</span>
    </span>
  );
}
