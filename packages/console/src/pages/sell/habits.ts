import { useCallback, useState } from 'react';
import { useSignedIn } from '../../session/session.ts';

/** Offers that somebody sells often, by their ids. */
export interface Habits {
  favourites: readonly string[];
  /** Sold last; the newest first. */
  last: readonly string[];
}

const NONE: Habits = { favourites: [], last: [] };
const MOST_LAST = 12;

function kept(name: string): Habits {
  try {
    return { ...NONE, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Habits>) };
  } catch {
    return NONE;
  }
}

export interface OwnHabits extends Habits {
  toggle: (offerId: string) => void;
  noteSale: (offerId: string) => void;
}

/** Remembers, in this browser, what whoever is signed in sells. */
export function useHabits(): OwnHabits {
  const name = `opentopup.habits.${useSignedIn().id}`;
  const [habits, setHabits] = useState(() => kept(name));
  const change = useCallback(
    (how: (before: Habits) => Habits) => {
      const next = how(kept(name));
      localStorage.setItem(name, JSON.stringify(next));
      setHabits(next);
    },
    [name],
  );
  return {
    ...habits,
    toggle: (id) =>
      change(({ favourites, last }) => ({
        favourites: favourites.includes(id) ? favourites.filter((each) => each !== id) : [...favourites, id],
        last,
      })),
    noteSale: (id) =>
      change(({ favourites, last }) => ({
        favourites,
        last: [id, ...last.filter((each) => each !== id)].slice(0, MOST_LAST),
      })),
  };
}

/** Returns where an offer stands in the list, the lowest first: favourites, then what was sold last, then the rest. */
export function placeByHabit(id: string, { favourites, last }: Habits): number {
  const favourite = favourites.indexOf(id);
  if (favourite >= 0) return favourite;
  const recent = last.indexOf(id);
  return favourites.length + (recent >= 0 ? recent : last.length);
}
