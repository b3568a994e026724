import { findLanguage, type Language } from './customer-messages.ts';
import { staffEnglish } from './staff-en.ts';
import { staffFrench } from './staff-fr.ts';
import type { StaffOutcome, StaffSentences } from './staff-sentences.ts';

export type { StaffOutcome };

/**
 * Languages that the console, the command line, e-mails to owners of accounts and chats speak to staff: each is one of
 * those of end customers, which staff passes on.
 */
const MESSAGES = { en: staffEnglish, fr: staffFrench } satisfies Partial<Record<Language, StaffSentences>>;

export type StaffLanguage = keyof typeof MESSAGES;
export const STAFF_LANGUAGES = Object.keys(MESSAGES) as StaffLanguage[];

/** Returns the sentence for whoever works with the platform, in the language asked for. */
export const staffMessage = (outcome: StaffOutcome, language: StaffLanguage): string => MESSAGES[language][outcome];

/** Finds the language of staff that a tag asks for, as `languageOfTag` does that of an end customer. */
export const staffLanguageOfTag = (tag: string): StaffLanguage => findLanguage(tag, STAFF_LANGUAGES);
