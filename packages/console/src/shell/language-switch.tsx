import { chooseLanguage, useLanguage, useMessages } from '../language/language.ts';

/** The other language, in its own words. */
export function LanguageSwitch() {
  const language = useLanguage();
  const m = useMessages();
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <button type="button" className="link" lang={other} onClick={() => chooseLanguage(other)}>
      {m.otherLanguage}
    </button>
  );
}
