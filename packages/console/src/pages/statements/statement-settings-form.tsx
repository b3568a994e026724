import type { StatementSettings } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field, TextField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** The time zone of a distributor's statements, and whom they are sent to. */
export function StatementSettingsForm() {
  const { data, error } = useQuery({
    queryKey: ['statement settings'],
    queryFn: () => server.opentopup.call('getStatementSettings'),
  });
  if (!data) return <RefusalNote error={error} />;
  return <Form settings={data} />;
}

function Form({ settings }: { settings: StatementSettings }) {
  const m = useMessages();
  const [timeZone, setTimeZone] = useState(settings.time_zone ?? '');
  const [emails, setEmails] = useState(settings.emails.join('\n'));
  const save = useMutation({
    mutationFn: () =>
      server.opentopup.call('changeStatementSettings', {
        body: {
          time_zone: timeZone.trim() === '' ? null : timeZone.trim(),
          emails: emails.split(/\s+/).filter((each) => each !== ''),
        },
      }),
    onSuccess: (saved) => queries.setQueryData(['statement settings'], saved),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={m.statements.settings}>
      <h2>{m.statements.settings}</h2>
      <Field
        label={m.statements.timeZone}
        hint={m.statements.timeZoneHint}
        maxLength={64}
        value={timeZone}
        onChange={(event) => setTimeZone(event.target.value)}
      />
      <TextField
        label={m.statements.emails}
        hint={m.statements.emailsHint}
        value={emails}
        onChange={(event) => setEmails(event.target.value)}
      />
      <RefusalNote error={save.error} />
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {m.statements.save}
        </button>
      </div>
    </form>
  );
}
