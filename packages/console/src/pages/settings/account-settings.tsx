import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { NewPassword, PresentPassword } from '../../parts/password-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { enter, useSignedIn } from '../../session/session.ts';
import { keptTheme, showTheme, THEMES, type Theme } from '../../shell/theme.ts';
import { CompanyLink } from './company-link.tsx';
import { PasskeySettings } from './passkey-settings.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

/** Somebody's own account. */
export function AccountSettings() {
  const m = useMessages();
  const me = useSignedIn();
  const [theme, setTheme] = useState(keptTheme);
  const choose = (chosen: Theme): void => {
    showTheme(chosen);
    setTheme(chosen);
  };
  return (
    <div className="columns">
      <section className="card">
        <h2>{me.email}</h2>
        <p className="hint">{m.link.as(m.roles[me.role], me.distributor?.name)}</p>
        <SelectField
          label={m.account.theme}
          value={theme}
          options={THEMES.map((value) => ({ value, label: m.account.themes[value] }))}
          onChoose={choose}
        />
      </section>
      {me.has_password && (
        <>
          <PasswordForm />
          <SecondFactor />
        </>
      )}
      <PasskeySettings />
      <CompanyLink />
      <Sessions />
    </div>
  );
}

function PasswordForm() {
  const m = useMessages();
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => server.account.call('changePassword', { body: { password, new_password: next } }),
    onSuccess: (signedIn) => {
      enter(signedIn);
      setPassword('');
      setNext('');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{m.account.changePassword}</h2>
      <PresentPassword value={password} onChange={setPassword} />
      <NewPassword value={next} onChange={setNext} />
      <RefusalNote error={change.error} />
      {change.isSuccess && (
        <p className="notice" role="status">
          {m.account.passwordChanged}
        </p>
      )}
      <button type="submit" className="button" disabled={change.isPending}>
        {m.account.changePassword}
      </button>
    </form>
  );
}
