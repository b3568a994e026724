import type { Language } from './customer-messages.ts';
import { staffEnglish } from './staff-en.ts';
import { staffFrench } from './staff-fr.ts';
import type { StaffOutcome, StaffSentences } from './staff-sentences.ts';

const MESSAGES = { en: staffEnglish, fr: staffFrench } satisfies Record<Language, StaffSentences>;

/** Returns the sentence for whoever works with the platform, in the language asked for. */
export const staffMessage = (outcome: StaffOutcome, language: Language): string => MESSAGES[language][outcome];
