import type { Language } from './customer-messages.ts';
import { staffEnglish } from './staff-en.ts';
import { staffFrench } from './staff-fr.ts';
import type { StaffOutcome, StaffSentences } from './staff-sentences.ts';

const MESSAGES: Readonly<Record<Language, StaffSentences>> = { en: staffEnglish, fr: staffFrench };

/** Returns the sentence for whoever works with the platform, in the language asked for. */
export const staffMessage = (outcome: StaffOutcome, language: Language): string => MESSAGES[language][outcome];
