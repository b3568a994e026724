import type { Language } from './customer-messages.ts';
import { en } from './staff-en.ts';
import { fr } from './staff-fr.ts';
import type { StaffOutcome, StaffSentences } from './staff-sentences.ts';

const MESSAGES = { en, fr } satisfies Record<Language, StaffSentences>;

/** The sentence for whoever works with the platform, in the language asked for. */
export const staffMessage = (outcome: StaffOutcome, language: Language): string => MESSAGES[language][outcome];
