import type { SignedIn } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../language/language.ts';
import { Field } from '../parts/field.tsx';
import { RefusalNote, reasonIn } from '../parts/refusal-note.tsx';
import { server } from '../server.ts';
import { ForgottenPassword } from './forgotten-password.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { keepPlace, signOnAddress } from './sign-on.ts';

/** E-mail and password; then the code, where the account has a second factor. */
export function SignInForm({ email: known = '', onEnter }: { email?: string; onEnter: (who: SignedIn) => void }) {
  const m = useMessages();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isForgotten, setForgotten] = useState(false);
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useMutation({
    mutationFn: () =>
      server.account.call('signIn', { body: { email, password, ...(needsCode && { code: code.trim() }) } }),
    onSuccess: onEnter,
    onError: (error) => {
      if (reasonIn(error) === 'code_needed') setNeedsCode(true);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };

  if (isForgotten) return <ForgottenPassword email={email} onBack={() => setForgotten(false)} />;
  return (
    <form onSubmit={submit}>
      <Field
        label={m.signIn.email}
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={m.signIn.password}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {needsCode && (
        <Field
          label={m.signIn.code}
          hint={m.signIn.codeHint}
          autoComplete="one-time-code"
          required
          autoFocus
          minLength={6}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      {reasonIn(signIn.error) !== 'code_needed' && <RefusalNote error={signIn.error} />}
      <button type="submit" className="button button-main button-wide" disabled={signIn.isPending}>
        {m.signIn.enter}
      </button>
      <PasskeyButton onEnter={onEnter} />
      <a className="button button-wide" href={signOnAddress()} onClick={keepPlace}>
        {m.signIn.company}
      </a>
      <button type="button" className="link" onClick={() => setForgotten(true)}>
        {m.signIn.forgotten}
      </button>
    </form>
  );
}
