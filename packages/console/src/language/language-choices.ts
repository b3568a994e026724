import type { Language } from '@opentopup/contract';

/** Names a language in its own words. */
export function nameOfLanguage(language: Language): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Gives languages to choose from. */
export const languageChoices = <Of extends Language>(languages: readonly Of[]): { value: Of; label: string }[] =>
  languages.map((value) => ({ value, label: nameOfLanguage(value) }));
