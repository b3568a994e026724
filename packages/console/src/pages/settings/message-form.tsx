import type { CustomerMessage, MessageVariable } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { TextField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

const LONGEST = 320;

/** The distributor's own sentence for one outcome in one language, and the way back to the default. */
export function MessageForm({ message }: { message: CustomerMessage }) {
  const m = useMessages();
  const { outcome, language } = message;
  const params = { outcome, language };
  const [text, setText] = useState(message.text ?? '');
  const refresh = () => queries.invalidateQueries({ queryKey: ['messages'] });
  const save = useMutation({
    mutationFn: () => server.opentopup.call('setCustomerMessage', { params, body: { text: text.trim() } }),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => server.opentopup.call('removeCustomerMessage', { params }),
    onSuccess: () => {
      setText('');
      save.reset();
      return refresh();
    },
  });
  const variables = Object.keys(m.messages.variables) as MessageVariable[];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <div>
        <p className="hint">{m.messages.byDefault}</p>
        <p lang={language}>{message.default}</p>
      </div>
      <TextField
        label={m.messages.text}
        hint={m.messages.textHint}
        lang={language}
        required
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value.replaceAll('\n', ' '))}
      />
      <fieldset className="actions plain-set">
        <legend>{m.messages.insert}</legend>
        {variables.map((name) => (
          <button key={name} type="button" className="button" onClick={() => setText(`${text}{${name}}`)}>
            {m.messages.variables[name]}
          </button>
        ))}
      </fieldset>
      <RefusalNote error={save.error ?? remove.error} />
      {save.isSuccess && (
        <p className="notice" role="status">
          {m.saved}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {m.save}
        </button>
        {message.text !== undefined && (
          <button type="button" className="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {m.messages.remove}
          </button>
        )}
      </div>
    </form>
  );
}
