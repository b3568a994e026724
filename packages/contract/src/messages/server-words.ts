import type { Language } from './customer-messages.ts';
import { FRENCH, FRENCH_WITH } from './server-fr.ts';

/**
 * Translates words that a server says in English only into the language asked for; null where there are none in that
 * language.
 */
export function serverWords(text: string, language: Language): string | null {
  if (language === 'en') return text;
  if (Object.hasOwn(FRENCH, text)) return FRENCH[text] ?? null;
  const [pattern, words] = FRENCH_WITH.find(([each]) => each.test(text)) ?? [];
  return pattern && words !== undefined ? text.replace(pattern, words) : null;
}
