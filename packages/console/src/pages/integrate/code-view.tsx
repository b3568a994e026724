import { useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { SelectField } from '../../parts/field.tsx';
import type { CallName } from './calls.ts';
import { CODE_LANGUAGES, type CodeLanguage, codeIn } from './examples.ts';
import type { CallRequest } from './request.ts';

/** A request as code, in a language of one's choice. */
export function CodeView({ name, request }: { name: CallName; request: CallRequest }) {
  const m = useMessages();
  const [language, setLanguage] = useState<CodeLanguage>('curl');
  return (
    <section className="card">
      <h2>{m.integrate.code}</h2>
      <SelectField
        label={m.integrate.language}
        value={language}
        options={CODE_LANGUAGES.map((value) => ({ value, label: m.integrate.languages[value] }))}
        onChoose={setLanguage}
      />
      <Copy
        key={language}
        text={codeIn(language, location.origin, name, request)}
        label={m.integrate.in(m.integrate.languages[language])}
      />
      <p className="hint">
        {m.integrate.collections} <a href="/collections/opentopup.postman.json">{POSTMAN}</a>,{' '}
        <a href="/collections/opentopup.bruno.json">{BRUNO}</a>, <a href="/collections/opentopup.http">{HTTP_FILE}</a>
      </p>
    </section>
  );
}

const POSTMAN = 'Postman';
const BRUNO = 'Bruno';
const HTTP_FILE = '.http';
