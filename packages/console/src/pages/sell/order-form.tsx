import type { OfferLight } from '@opentopup/contract';
import { hindrance } from '@opentopup/contract/catalogue/hindrance';
import { type FormEvent, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { useMay } from '../../session/session.ts';
import { ConfirmSale } from './confirm-sale.tsx';
import { NumberField, SerialField } from './line-field.tsx';
import { OfferCard } from './offer-card.tsx';
import { orderOf } from './order-of.ts';
import { ParkFields } from './park-fields.tsx';
import { type ParkWish, parkTerms } from './park-terms.ts';
import type { OngoingSale } from './use-sale.ts';

/** What is sold to whom; then a question, and the sale. */
export function OrderForm({ offer, sale }: { offer: OfferLight; sale: OngoingSale }) {
  const m = useMessages();
  const may = useMay();
  // The outcome is told even where the server goes away meanwhile.
  useEffect(() => {
    import('./sale-outcome.tsx').catch(() => undefined);
  }, []);
  const { draft, keep } = sale;
  const [strict, setStrict] = useState(false);
  const order = orderOf(offer, draft);
  const obstacle = hindrance(offer);
  const [wish, setWish] = useState<ParkWish | null>(null);
  const parks = obstacle === 'empty' ? wish : null;
  const { line_kind, network } = offer.product;
  // Where the network of a number can be asked for.
  const checked = line_kind === 'msisdn' && may('lookupNumber') ? network : undefined;
  const field = { value: draft.line, strict, onChange: (line: string) => keep({ line }) };

  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setStrict(true);
    if (order && (!obstacle || parks)) sale.prepare({ ...order, ...(parks && parkTerms(parks)) });
  };

  return (
    <form className="card" onSubmit={ask} noValidate>
      <div className="chosen">
        <OfferCard offer={offer} />
        <Link to="/sell">{m.sell.change}</Link>
      </div>
      {offer.product.line_kind === 'msisdn' && <NumberField {...field} country={offer.product.line_country ?? ''} />}
      {offer.product.line_kind === 'simId' && (
        <SerialField {...field} rule={offer.product.sim_check_digit ?? 'refuse'} />
      )}
      {checked !== undefined && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.check_network}
            onChange={(event) => keep({ check_network: event.target.checked })}
          />
          <span>
            {m.sell.checkNetwork(checked)}
            <span className="hint">{m.sell.checkNetworkHint}</span>
          </span>
        </label>
      )}
      <Field
        label={m.sell.reference}
        hint={m.sell.referenceHint}
        maxLength={255}
        autoComplete="off"
        value={draft.reference}
        onChange={(event) => keep({ reference: event.target.value })}
      />
      {!draft.order && <RefusalNote error={sale.error} />}
      {obstacle && !sale.error && <p className="notice notice-bad">{m.sell[obstacle]}</p>}
      {obstacle === 'empty' && <ParkFields wish={wish} onWish={setWish} />}
      <button type="submit" className="button button-main button-wide" disabled={obstacle !== null && !parks}>
        {m.sell.continue}
      </button>
      <ConfirmSale offer={offer} sale={sale} />
    </form>
  );
}
