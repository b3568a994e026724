import { type CustomerMessage, type CustomerOutcome, LANGUAGES, type Language } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLanguage, useMessages } from '../../language/language.ts';
import { languageChoices } from '../../language/language-choices.ts';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { MessageForm } from './message-form.tsx';

/** What end customers are told of each outcome, in each language. */
export function MessageSettings() {
  const m = useMessages();
  const shown = useLanguage();
  const [language, setLanguage] = useState<Language>(shown);
  const [outcome, setOutcome] = useState<CustomerOutcome>('ok');
  const { data, error, isPending } = useQuery({
    queryKey: ['messages'],
    queryFn: () => server.opentopup.call('listCustomerMessages', {}),
  });
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  const outcomes = data.filter((each) => each.language === language);
  const own = data.filter(({ text }) => text !== undefined);
  const chosen = outcomes.find((each) => each.outcome === outcome);
  const choose = (message: CustomerMessage): void => {
    setLanguage(message.language);
    setOutcome(message.outcome);
  };
  return (
    <div className="columns">
      <section className="card">
        <h2>{m.settings.messages}</h2>
        <p className="hint">{m.messages.hint}</p>
        <SelectField
          label={m.messages.language}
          value={language}
          options={languageChoices(LANGUAGES)}
          onChoose={setLanguage}
        />
        <SelectField
          label={m.messages.outcome}
          value={outcome}
          options={outcomes.map((each) => ({ value: each.outcome, label: `${each.outcome} – ${each.default}` }))}
          onChoose={setOutcome}
        />
        {chosen && <MessageForm key={`${language} ${outcome}`} message={chosen} />}
      </section>
      <section className="card">
        <h2>{m.messages.own}</h2>
        {own.length === 0 && <Empty title={m.messages.none} />}
        <ul className="plain">
          {own.map((message) => (
            <li key={`${message.language} ${message.outcome}`} className="entry">
              <span>
                <button type="button" className="link" onClick={() => choose(message)}>
                  {`${message.outcome} (${message.language})`}
                </button>
                <span className="hint" lang={message.language}>
                  {message.text}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
