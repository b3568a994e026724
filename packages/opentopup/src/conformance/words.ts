import type { Locale } from '@opentopup/client/cli/locale';
import { absencesEnglish, rulesEnglish, runEnglish } from './messages/en.ts';
import { absencesFrench, rulesFrench, runFrench } from './messages/fr.ts';
import type { SkipReason } from './run-checks.ts';

/** What people read of a run. */
export interface ConformanceWords {
  rules: typeof rulesEnglish;
  absences: typeof absencesEnglish;
  run: typeof runEnglish;
  language: Locale['language'];
}

export const CONFORMANCE_WORDS: Readonly<Record<Locale['language'], ConformanceWords>> = {
  en: { rules: rulesEnglish, absences: absencesEnglish, run: runEnglish, language: 'en' },
  fr: { rules: rulesFrench, absences: absencesFrench, run: runFrench, language: 'fr' },
};

/** Says why a check was not made. */
export function skipWords({ absences, run }: ConformanceWords, reason: SkipReason): string {
  const all: Readonly<Record<SkipReason, string>> = { ...absences, ...run.needs };
  return all[reason];
}
