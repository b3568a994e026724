import type { StaffLanguage } from '@opentopup/contract';
import { useSyncExternalStore } from 'react';
import type { ConsoleMessages } from './fr.ts';

const KEPT = 'opentopup.language';
/** Each language comes when it is wanted: nobody waits for the others. */
const CATALOGUES: Readonly<Record<StaffLanguage, () => Promise<ConsoleMessages>>> = {
  fr: async () => (await import('./fr.ts')).consoleFrench,
  en: async () => (await import('./en.ts')).consoleEnglish,
};
const loaded: Partial<Record<StaffLanguage, ConsoleMessages>> = {};
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

/** Loads what the console says in a language: before anything is shown in it. */
export async function loadLanguage(language: StaffLanguage): Promise<void> {
  loaded[language] ??= await CATALOGUES[language]();
}

export async function chooseLanguage(language: StaffLanguage): Promise<void> {
  await loadLanguage(language);
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

/** Gives what the console says in a language that was loaded: for a customer, perhaps another than who sells has chosen. */
export function messagesIn(language: StaffLanguage): ConsoleMessages {
  const messages = loaded[language];
  if (!messages) throw new Error(`${language} is shown before it was loaded`);
  return messages;
}

/** Tells what the console says, in the language chosen. */
export const useMessages = (): ConsoleMessages => messagesIn(useLanguage());
