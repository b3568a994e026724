import type { OfferEditableParameters, OfferLight } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { queries, server } from '../../server.ts';
import { useOffers } from '../sell/offers.ts';

/** What the distributor calls its offers, and what it takes for itself. */
export function OfferSettings() {
  const offers = useOffers();
  if (offers.isPending) return <Skeleton />;
  return (
    <div className="columns">
      <RefusalNote error={offers.error} />
      {offers.data?.map((offer) => (
        <OfferForm key={offer.id} offer={offer} />
      ))}
    </div>
  );
}

function OfferForm({ offer }: { offer: OfferLight }) {
  const m = useMessages();
  const f = useFormats();
  const [name, setName] = useState(offer.name);
  const [fees, setFees] = useState(String(offer.distributor_fees));
  const [type, setType] = useState(offer.distributor_fees_type);
  const change = useMutation({
    mutationFn: (body: OfferEditableParameters) =>
      server.operations.call('changeDistributorOfferEditableParameters', { params: { id: offer.id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['offers'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ name, distributor_fees: Number(fees), distributor_fees_type: type });
  };
  const currency = offer.product.reference_currency;
  return (
    <form className="card" onSubmit={submit} aria-label={offer.name}>
      <Field
        label={m.offers.name}
        required
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="pair">
        <Field
          label={m.offers.fee}
          type="number"
          min={0}
          step="any"
          required
          value={fees}
          onChange={(event) => setFees(event.target.value)}
        />
        <SelectField
          label={m.offers.feeIn}
          value={type}
          options={[
            { value: 'value', label: currency },
            { value: 'percent', label: '%' },
          ]}
          onChoose={setType}
        />
      </div>
      <p className="hint">
        {m.offers.sum(
          f.money(offer.resell_value, currency),
          f.money(offer.margin, currency),
          f.money(offer.public_price, currency),
        )}
      </p>
      <RefusalNote error={change.error} />
      {change.isSuccess && (
        <p className="notice" role="status">
          {m.saved}
        </p>
      )}
      <button type="submit" className="button" disabled={change.isPending}>
        {m.save}
      </button>
    </form>
  );
}
