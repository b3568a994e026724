import type { StaffLanguage } from '@opentopup/contract';
import { useSyncExternalStore } from 'react';
import { consoleEnglish } from './en.ts';
import { type ConsoleMessages, consoleFrench } from './fr.ts';

const KEPT = 'opentopup.language';
const CATALOGUES: Readonly<Record<StaffLanguage, ConsoleMessages>> = { fr: consoleFrench, en: consoleEnglish };
const listeners = new Set<() => void>();

const isSpoken = (language: string): language is StaffLanguage => Object.hasOwn(CATALOGUES, language);

/** Chooses the language that was chosen here before, else that of the browser, else French. */
function initial(): StaffLanguage {
  const kept = localStorage.getItem(KEPT) ?? '';
  if (isSpoken(kept)) return kept;
  const [primary = ''] = navigator.language.split('-');
  return isSpoken(primary) ? primary : 'fr';
}

let current = initial();
document.documentElement.lang = current;

export const currentLanguage = (): StaffLanguage => current;

export function chooseLanguage(language: StaffLanguage): void {
  current = language;
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  for (const tell of listeners) tell();
}

export function useLanguage(): StaffLanguage {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, currentLanguage);
}

/** Gives what the console says in a language: for a customer, perhaps another than who sells has chosen. */
export const messagesIn = (language: StaffLanguage): ConsoleMessages => CATALOGUES[language];

/** Tells what the console says, in the language chosen. */
export const useMessages = (): ConsoleMessages => CATALOGUES[useLanguage()];
