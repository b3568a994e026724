import type { OfferLight } from '@opentopup/contract';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { OfferCard } from './offer-card.tsx';
import { hindrance, offerCountry } from './offers.ts';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Every offer, to choose one from. */
export function OfferList({ offers }: { offers: readonly OfferLight[] }) {
  const m = useMessages();
  const f = useFormats();
  const [search, setSearch] = useState('');
  const [country, setCountry] = useState('');
  const countries = [...new Set(offers.map(offerCountry))].filter((code) => code !== undefined);
  const named = countries.map((code) => ({ value: code, label: f.country(code) }));
  named.sort((a, b) => a.label.localeCompare(b.label));

  const words = plain(search).split(/\s+/);
  const textOf = (offer: OfferLight): string => {
    const code = offerCountry(offer);
    return plain(`${offer.name} ${offer.tags.join(' ')} ${code ? f.country(code) : ''}`);
  };
  const found = offers
    .filter((offer) => country === '' || offerCountry(offer) === country)
    .filter((offer) => words.every((word) => textOf(offer).includes(word)))
    .toSorted((a, b) => Number(hindrance(a) !== null) - Number(hindrance(b) !== null));

  if (offers.length === 0) return <Empty title={m.sell.noOffers}>{m.sell.noOffersHint}</Empty>;
  return (
    <>
      <div className="filters">
        <Field label={m.sell.search} type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
        {named.length > 1 && (
          <SelectField
            label={m.sell.country}
            value={country}
            options={[{ value: '', label: m.all }, ...named]}
            onChoose={setCountry}
          />
        )}
      </div>
      {found.length === 0 && <Empty title={m.nothingFound} />}
      <ul className="offers">
        {found.map((offer) => (
          <li key={offer.id}>{hindrance(offer) ? <OfferCard offer={offer} /> : <OfferLink offer={offer} />}</li>
        ))}
      </ul>
    </>
  );
}

const OfferLink = ({ offer }: { offer: OfferLight }) => (
  <Link className="offer-link" to={`?offer=${offer.id}`}>
    <OfferCard offer={offer} />
  </Link>
);
