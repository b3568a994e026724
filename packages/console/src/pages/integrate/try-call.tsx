import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries } from '../../server.ts';
import { AnswerView } from './answer-view.tsx';
import { CallInput } from './call-input.tsx';
import { CALL_NAMES, CALLS, type CallField, type CallName, fieldsOf } from './calls.ts';
import { CodeView } from './code-view.tsx';
import { NumberChoice } from './number-choice.tsx';
import { requestOf, type Typed } from './request.ts';
import { send } from './send.ts';
import { initialOf, SAMPLES, type Samples, sampleOffer } from './use-samples.ts';

const LABELS = CALL_NAMES.map((value) => ({ value, label: `${CALLS[value].method} ${CALLS[value].path}` }));

/** Any call of the wire: chosen, filled in, sent to the sandbox, and shown as code. */
export function TryCall({ samples }: { samples: Samples }) {
  const m = useMessages();
  const words = useServerWords();
  const [name, setName] = useState<CallName>('createTransaction');
  const [typed, setTyped] = useState<Typed>({});
  const [key, setKey] = useState(() => crypto.randomUUID());
  const call = CALLS[name];
  const fields = fieldsOf(call);
  const values: Typed = Object.fromEntries(
    fields.map((field) => [field.key, typed[field.key] ?? initialOf(name, field, samples, typed, key)]),
  );
  const request = requestOf(call, values);
  const attempt = useMutation({
    mutationFn: () => send(request),
    // An order that may have been sold is not sent again by itself.
    retry: false,
    onSuccess: ({ status }) => {
      setKey(crypto.randomUUID());
      if (status === 401) void queries.invalidateQueries({ queryKey: ['session'] });
      else if (call.method !== 'GET') void queries.invalidateQueries({ queryKey: SAMPLES });
    },
  });
  const choose = (chosen: CallName): void => {
    setName(chosen);
    setTyped({});
    attempt.reset();
  };
  const type = (changed: Typed): void => setTyped((before) => ({ ...before, ...changed }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate();
  };
  /** What is needed, or makes the example. */
  const isShown = (field: CallField): boolean =>
    field.isNeeded || field.path[0] === 'parameters' || initialOf(name, field, samples, typed, key) !== '';
  const input = (field: CallField) => (
    <CallInput
      key={field.key}
      name={name}
      field={field}
      samples={samples}
      value={values[field.key] ?? ''}
      onType={(text) => type({ [field.key]: text })}
      // Another offer recharges other lines.
      onOffer={(id) => setTyped({ [field.key]: id })}
    >
      <NumberChoice
        field={field}
        numbers={samples.numbers}
        offer={sampleOffer(samples, values)}
        value={values[field.key] ?? ''}
        onChoose={(line) => type({ [field.key]: line })}
      />
    </CallInput>
  );
  return (
    <div className="columns">
      <form className="card" onSubmit={submit}>
        <SelectField
          label={m.integrate.call}
          hint={words(call.summary)}
          value={name}
          options={LABELS}
          onChoose={choose}
        />
        {fields.filter(isShown).map(input)}
        {fields.every(isShown) || (
          <details key={name}>
            <summary>{m.integrate.more}</summary>
            <div className="more">{fields.filter((field) => !isShown(field)).map(input)}</div>
          </details>
        )}
        <div className="actions">
          <button type="submit" className="button button-main" disabled={attempt.isPending}>
            {m.integrate.send}
          </button>
        </div>
      </form>
      <div>
        <section className="card" aria-live="polite">
          <h2>{m.integrate.answer}</h2>
          <RefusalNote error={attempt.error} />
          {attempt.data ? <AnswerView answer={attempt.data} /> : <p className="hint">{m.integrate.noAnswer}</p>}
        </section>
        <CodeView name={name} request={request} />
      </div>
    </div>
  );
}
