import type { Language } from '@opentopup/contract';
import { useSyncExternalStore } from 'react';
import { consoleEnglish } from './en.ts';
import { type ConsoleMessages, consoleFrench } from './fr.ts';

const KEPT = 'opentopup.language';
const CATALOGUES: Readonly<Record<Language, ConsoleMessages>> = { fr: consoleFrench, en: consoleEnglish };
const listeners = new Set<() => void>();

/** Chooses French, unless somebody chose English here or has a browser in English. */
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

/** Tells what the console says, in the language chosen. */
export const useMessages = (): ConsoleMessages => CATALOGUES[useLanguage()];
