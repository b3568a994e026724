import type { StatementSettings } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { Field, TextField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

/** The time zone of a distributor's statements, and whom they are sent to. @param distributor for the operator, whose */
export function StatementSettingsForm({ distributor }: { distributor?: string }) {
  const { data, error } = useQuery({
    queryKey: keyOf(distributor),
    queryFn: () =>
      distributor === undefined
        ? server.opentopup.call('getStatementSettings')
        : server.operator.call('getDistributorStatementSettings', { params: { id: distributor } }),
  });
  if (!data) return <RefusalNote error={error} />;
  return <Form settings={data} distributor={distributor} />;
}

const keyOf = (distributor: string | undefined) => ['statement settings', distributor];

function Form({ settings, distributor }: { settings: StatementSettings; distributor: string | undefined }) {
  const m = useMessages();
  const b = useBooksMessages();
  const [timeZone, setTimeZone] = useState(settings.time_zone ?? '');
  const [emails, setEmails] = useState(settings.emails.join('\n'));
  const save = useMutation({
    mutationFn: () => {
      const body = {
        time_zone: timeZone.trim() === '' ? null : timeZone.trim(),
        emails: emails.split(/[\s,;]+/).filter((each) => each !== ''),
      };
      return distributor === undefined
        ? server.opentopup.call('changeStatementSettings', { body })
        : server.operator.call('changeDistributorStatementSettings', { params: { id: distributor }, body });
    },
    onSuccess: (saved) => queries.setQueryData(keyOf(distributor), saved),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={b.statements.settings}>
      <h2>{b.statements.settings}</h2>
      <Field
        label={b.statements.timeZone}
        hint={b.statements.timeZoneHint}
        maxLength={64}
        value={timeZone}
        onChange={(event) => setTimeZone(event.target.value)}
      />
      <TextField
        label={b.statements.emails}
        hint={b.statements.emailsHint}
        value={emails}
        onChange={(event) => setEmails(event.target.value)}
      />
      <RefusalNote error={save.error} />
      {save.isSuccess && <p role="status">{m.saved}</p>}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {m.save}
        </button>
      </div>
    </form>
  );
}
