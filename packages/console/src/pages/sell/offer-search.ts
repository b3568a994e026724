import type { OfferLight } from '@opentopup/contract';
import { hindrance } from '@opentopup/contract/catalogue/hindrance';
import type { Formats } from '../../language/format.ts';
import { type Habits, placeByHabit } from './habits.ts';
import { offerCountry } from './offers.ts';
import type { LineSearch } from './use-line-search.ts';

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Returns what recharges a line, or what is named so: what can be sold first, then by habit. */
export function offersFor(
  offers: readonly OfferLight[],
  text: string,
  line: LineSearch,
  habits: Habits,
  f: Formats,
): OfferLight[] {
  const found = line.kind ? fitting(offers, line) : named(offers, plain(text).split(/\s+/), f);
  const isOff = (offer: OfferLight): number => Number(hindrance(offer) !== null);
  const places = line.found && new Map(line.found.offers.map(({ id }, place) => [id, place]));
  return found.toSorted(
    (a, b) =>
      isOff(a) - isOff(b) ||
      (places?.get(a.id) ?? 0) - (places?.get(b.id) ?? 0) ||
      placeByHabit(a.id, habits) - placeByHabit(b.id, habits),
  );
}

/** Gives what recharges a line: of its country while it is typed; once its network was asked for, what fits that. */
function fitting(offers: readonly OfferLight[], { kind, country, found }: LineSearch): OfferLight[] {
  const ofKind = offers.filter(({ product }) => product.line_kind === kind);
  if (kind === 'simId') return ofKind;
  if (!found) return ofKind.filter(({ product }) => country === undefined || product.line_country === country);
  const fits = new Set(found.offers.map(({ id }) => id));
  return ofKind.filter(({ id }) => fits.has(id));
}

const named = (offers: readonly OfferLight[], words: readonly string[], f: Formats): OfferLight[] =>
  offers.filter((offer) => {
    const code = offerCountry(offer);
    const text = plain(`${offer.name} ${offer.tags.join(' ')} ${code ? f.country(code) : ''}`);
    return words.every((word) => text.includes(word));
  });
