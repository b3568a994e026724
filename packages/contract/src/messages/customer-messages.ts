import type { LineFault } from '../lines/line-fault.ts';
import { REASONS, type Reason } from '../reasons.ts';
import { customerEnglish } from './en.ts';
import { customerFrench } from './fr.ts';
import { COMMON, type CustomerOutcome, SALE_ENDS, type Sentences } from './sentences.ts';

export type { CustomerOutcome } from './sentences.ts';

/** Languages in which end customers are addressed, by their codes (ISO 639-1): a new one is a file, and a word here. */
const MESSAGES = { en: customerEnglish, fr: customerFrench } satisfies Record<string, Sentences>;

export type Language = keyof typeof MESSAGES;
export const LANGUAGES = Object.keys(MESSAGES) as Language[];
/** The language for whoever asks for none of them. */
export const DEFAULT_LANGUAGE = 'en' satisfies Language;

/** Returns true for an outcome of which an end customer is told. */
export const isOutcome = (outcome: string): outcome is CustomerOutcome =>
  Object.hasOwn(COMMON, outcome) || Object.hasOwn(customerEnglish, outcome);

export const OUTCOMES: readonly CustomerOutcome[] = [...SALE_ENDS, ...Object.keys(REASONS).filter(isOutcome)];

/**
 * Returns the sentence for the end customer, in the language asked for; where nothing is to be told, that it was not
 * done.
 */
export function customerMessage(outcome: CustomerOutcome | Reason, language: Language): string {
  const names: Partial<Record<string, keyof Sentences>> = COMMON;
  const sentences: Partial<Record<string, string>> = MESSAGES[language];
  return sentences[names[outcome] ?? outcome] ?? MESSAGES[language].not_done;
}

/**
 * Says what is wrong with the line of an order, in words; of which countries a number is, by their names in that
 * language.
 */
export function lineMessage({ fault, countries = [] }: LineFault, language: Language): string {
  const sentences = MESSAGES[language];
  if (fault !== 'other_country') return sentences[fault];
  if (countries.length === 0) return sentences.elsewhere;
  const nameOf = new Intl.DisplayNames(language, { type: 'region' });
  const names = new Intl.ListFormat(language, { type: 'disjunction' }).format(
    countries.map((country) => nameOf.of(country) ?? country),
  );
  return sentences.other_country.replace('{countries}', names);
}

/**
 * Finds the language that a tag asks for (BCP 47: `fr-CA`, or as POSIX has it), or that for whoever asks for none of
 * ours.
 */
export const languageOfTag = (tag: string): Language => findLanguage(tag, LANGUAGES);

/** Finds the one of these languages that a tag asks for. */
export function findLanguage<Of extends Language>(tag: string, languages: readonly Of[]): Of | typeof DEFAULT_LANGUAGE {
  const [primary] = tag.toLowerCase().split(/[-_]/);
  return languages.find((language) => language === primary) ?? DEFAULT_LANGUAGE;
}
