import type { OfferLight } from '@opentopup/contract';
import { hindrance } from '@opentopup/contract/catalogue/hindrance';
import { Star } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useMessages } from '../../language/language.ts';
import { Keys } from '../../parts/keys.ts';
import type { OwnHabits } from './habits.ts';
import { OfferCard } from './offer-card.tsx';

/** Offers that a key of its own chooses. */
const MOST_KEYS = 9;

interface Props {
  offers: readonly OfferLight[];
  habits: OwnHabits;
  onChoose: (offer: OfferLight) => void;
  /** Lets an order of it wait: it is sold out. */
  onPark: (offer: OfferLight) => void;
  /** Told a code that was scanned while the offers have the keyboard. */
  onScan: (code: string) => void;
}

/** Offers to choose one from, by a click, or by its digit on the keyboard. */
export function OfferList({ offers, habits, onChoose, onPark, onScan }: Props) {
  const m = useMessages();
  const choice = useRef({ offers, onChoose, onScan });
  useEffect(() => {
    choice.current = { offers, onChoose, onScan };
  });
  const keys = useMemo(
    () =>
      new Keys(
        (key) => {
          const offer = /^[1-9]$/.test(key) ? choice.current.offers[Number(key) - 1] : undefined;
          if (offer && !hindrance(offer)) choice.current.onChoose(offer);
        },
        (code) => choice.current.onScan(code),
      ),
    [],
  );
  useEffect(() => () => keys.stop(), [keys]);
  const press = (event: KeyboardEvent): void => {
    if (keys.take(event.nativeEvent)) event.preventDefault();
  };
  return (
    <ul className="offers" onKeyDown={press}>
      {offers.map((offer, place) => (
        <li key={offer.id}>
          {hindrance(offer) ? (
            <OfferCard offer={offer}>
              {hindrance(offer) === 'empty' && (
                <button type="button" className="button" onClick={() => onPark(offer)}>
                  {m.sell.park.open}
                </button>
              )}
            </OfferCard>
          ) : (
            <button type="button" className="offer-choice" onClick={() => onChoose(offer)}>
              <OfferCard offer={offer} digit={place < MOST_KEYS ? place + 1 : undefined} />
            </button>
          )}
          <button
            type="button"
            className="favourite"
            aria-pressed={habits.favourites.includes(offer.id)}
            aria-label={m.sell.favourite(offer.name)}
            onClick={() => habits.toggle(offer.id)}
          >
            <Star aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
