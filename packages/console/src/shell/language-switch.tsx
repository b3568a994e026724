import { STAFF_LANGUAGES } from '@opentopup/contract';
import { chooseLanguage, useLanguage } from '../language/language.ts';
import { nameOfLanguage } from '../language/language-choices.ts';

/** The other languages, each in its own words. */
export function LanguageSwitch() {
  const shown = useLanguage();
  return STAFF_LANGUAGES.filter((language) => language !== shown).map((language) => (
    <button key={language} type="button" className="link" lang={language} onClick={() => void chooseLanguage(language)}>
      {nameOfLanguage(language)}
    </button>
  ));
}
