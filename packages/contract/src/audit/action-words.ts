import type { StaffLanguage } from '../messages/staff-messages.ts';
import { actionsEnglish } from './action-words-en.ts';
import { actionsFrench } from './action-words-fr.ts';
import type { AuditAction } from './audit-actions.ts';

const WORDS: Readonly<Record<StaffLanguage, Readonly<Record<AuditAction, string>>>> = {
  en: actionsEnglish,
  fr: actionsFrench,
};

/** Says what was done in words; what a newer server has noted stays as it is. */
export const wordsOfAction = (action: string, language: StaffLanguage): string =>
  WORDS[language][action as AuditAction] ?? action;
