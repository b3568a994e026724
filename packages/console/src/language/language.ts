import { useSyncExternalStore } from 'react';
import { en } from './en.ts';
import { fr, type Messages } from './fr.ts';

const KEPT = 'opentopup.language';
const CATALOGUES = { fr, en } satisfies Record<string, Messages>;
export type Language = keyof typeof CATALOGUES;
const listeners = new Set<() => void>();

/** French, unless somebody chose English here or has a browser in English. */
function initial(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'fr' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'fr';
}

let current = initial();
document.documentElement.lang = current;

export const currentLanguage = (): Language => current;

export function chooseLanguage(language: Language): void {
  current = language;
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  for (const tell of listeners) tell();
}

export function useLanguage(): Language {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentLanguage);
}

/** What the console says, in the language chosen. */
export const useMessages = (): Messages => CATALOGUES[useLanguage()];
