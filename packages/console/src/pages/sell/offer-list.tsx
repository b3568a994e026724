import type { OfferLight } from '@opentopup/contract';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { OfferCard } from './offer-card.tsx';
import { hindrance, offerCountry } from './offers.ts';
import { type NumberSearch, useNumberSearch } from './use-number-search.ts';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

interface Props {
  offers: readonly OfferLight[];
  /** Told the number for which an offer was chosen. */
  onNumber: (line: string) => void;
}

/** Every offer, to choose one from: by its name, by its country, or by the number that it is for. */
export function OfferList({ offers, onNumber }: Props) {
  const m = useMessages();
  const f = useFormats();
  const [search, setSearch] = useState('');
  const [country, setCountry] = useState('');
  const ofNumbers = offers.filter(({ product }) => product.line_kind === 'msisdn');
  const number = useNumberSearch(search, [
    ...new Set(ofNumbers.map(({ product }) => product.line_country).filter((code) => code !== undefined)),
  ]);
  const countries = [...new Set(offers.map(offerCountry))].filter((code) => code !== undefined);
  const named = countries.map((code) => ({ value: code, label: f.country(code) }));
  named.sort((a, b) => a.label.localeCompare(b.label));

  const words = plain(search).split(/\s+/);
  const textOf = (offer: OfferLight): string => {
    const code = offerCountry(offer);
    return plain(`${offer.name} ${offer.tags.join(' ')} ${code ? f.country(code) : ''}`);
  };
  const among = number.isNumber
    ? fitting(ofNumbers, number)
    : offers.filter((offer) => words.every((word) => textOf(offer).includes(word)));
  const found = among
    .filter((offer) => country === '' || offerCountry(offer) === country)
    .toSorted((a, b) => Number(hindrance(a) !== null) - Number(hindrance(b) !== null));

  if (offers.length === 0) return <Empty title={m.sell.noOffers}>{m.sell.noOffersHint}</Empty>;
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    number.ask?.();
  };
  const choose = number.whole === undefined ? undefined : () => onNumber(number.whole ?? '');
  return (
    <>
      <form className="filters" onSubmit={ask}>
        <Field
          label={m.sell.search}
          type="search"
          autoComplete="off"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {number.ask && !number.found && (
          <button type="submit" className="button" disabled={number.isAsking}>
            {m.sell.askNetwork}
          </button>
        )}
        {named.length > 1 && (
          <SelectField
            label={m.sell.country}
            value={country}
            options={[{ value: '', label: m.all }, ...named]}
            onChoose={setCountry}
          />
        )}
      </form>
      <NumberHint number={number} />
      <RefusalNote error={number.error} />
      {found.length === 0 && <Empty title={number.isNumber ? m.sell.noneFits : m.nothingFound} />}
      <ul className="offers">
        {found.map((offer) => (
          <li key={offer.id}>
            {hindrance(offer) ? <OfferCard offer={offer} /> : <OfferLink offer={offer} onChoose={choose} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Gives what recharges a number: of its country while it is typed; once its network was asked for, in that order. */
function fitting(offers: readonly OfferLight[], { country, found }: NumberSearch): OfferLight[] {
  if (!found) return offers.filter(({ product }) => country === undefined || product.line_country === country);
  const places = new Map(found.offers.map(({ id }, place) => [id, place]));
  return offers
    .filter(({ id }) => places.has(id))
    .toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

/** What is known of a number that is typed. */
function NumberHint({ number: { isNumber, country, whole, found } }: { number: NumberSearch }) {
  const m = useMessages();
  const f = useFormats();
  if (!isNumber || country === undefined) return null;
  const told = whole === undefined ? f.country(country) : m.sell.numberFound(whole, f.country(country));
  if (!found) return <p className="hint">{told}</p>;
  const names = found.networks.map(({ name }) => name).join(', ');
  const isSure = found.networks.some(({ identified }) => identified);
  const network = names === '' ? m.sell.networkUnknown : isSure ? m.sell.network(names) : m.sell.networkLikely(names);
  return (
    <p className="hint" role="status">
      {told} · {network}
    </p>
  );
}

const OfferLink = ({ offer, onChoose }: { offer: OfferLight; onChoose: (() => void) | undefined }) => (
  <Link className="offer-link" to={`?offer=${offer.id}`} onClick={onChoose}>
    <OfferCard offer={offer} />
  </Link>
);
