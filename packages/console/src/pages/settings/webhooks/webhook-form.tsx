import { EVENT_TYPES, type EventType, type Webhook } from '@opentopup/contract';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { Field } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { useEventName } from './use-event-name.ts';

export type Terms = Pick<Webhook, 'url' | 'events'>;

interface Props {
  title: string;
  webhook?: Webhook;
  error: Error | null;
  isSaving: boolean;
  isSaved?: boolean;
  onSave: (terms: Terms) => void;
}

/** Only whoever tests an endpoint asks for that one. */
const TYPES = EVENT_TYPES.filter((type) => type !== 'webhook.test');

/** Where an endpoint is, and what it is told. */
export function WebhookForm({ title, webhook, error, isSaving, isSaved, onSave }: Props) {
  const m = useMessages();
  const nameOf = useEventName();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [events, setEvents] = useState<readonly EventType[]>(webhook?.events ?? []);
  const choose = (type: EventType, isChosen: boolean): void =>
    setEvents(isChosen ? [...events, type] : events.filter((each) => each !== type));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave({ url: url.trim(), events: [...events] });
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{title}</h2>
      <Field
        label={m.webhooks.url}
        hint={m.webhooks.urlHint}
        type="url"
        required
        maxLength={2048}
        autoComplete="off"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
      <fieldset className="choices choices-wide">
        <legend>{m.webhooks.types}</legend>
        <p className="hint">{m.webhooks.typesHint}</p>
        {TYPES.map((type) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={events.includes(type)}
              onChange={(event) => choose(type, event.target.checked)}
            />
            {nameOf(type)}
          </label>
        ))}
      </fieldset>
      <RefusalNote error={error} once={!webhook} />
      {isSaved && (
        <p className="notice" role="status">
          {m.saved}
        </p>
      )}
      <button type="submit" className="button button-main" disabled={isSaving}>
        {webhook ? m.save : m.webhooks.add}
      </button>
    </form>
  );
}
