import { FRENCH, FRENCH_WITH } from './server-fr.ts';
import type { StaffLanguage } from './staff-messages.ts';

/** What a server says, as it says it, and what it says with something in it. */
interface Words {
  exact: Readonly<Record<string, string>>;
  patterns: typeof FRENCH_WITH;
}

const WORDS: Readonly<Record<Exclude<StaffLanguage, 'en'>, Words>> = {
  fr: { exact: FRENCH, patterns: FRENCH_WITH },
};

/**
 * Translates words that a server says in English only into the language asked for; null where there are none in that
 * language.
 */
export function serverWords(text: string, language: StaffLanguage): string | null {
  if (language === 'en') return text;
  const { exact, patterns } = WORDS[language];
  if (Object.hasOwn(exact, text)) return exact[text] ?? null;
  const [pattern, words] = patterns.find(([each]) => each.test(text)) ?? [];
  return pattern && words !== undefined ? text.replace(pattern, words) : null;
}
