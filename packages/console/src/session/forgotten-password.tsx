import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../language/language.ts';
import { Field } from '../parts/field.tsx';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { server } from '../server.ts';

/** Asks for a link to set another password. */
export function ForgottenPassword({ email: known, onBack }: { email: string; onBack: () => void }) {
  const m = useMessages();
  const [email, setEmail] = useState(known);
  const request = useMutation({ mutationFn: () => server.account.call('requestReset', { body: { email } }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    request.mutate();
  };
  return (
    <form onSubmit={submit}>
      {request.isSuccess ? (
        <p className="notice" role="status">
          {m.signIn.resetAsked}
        </p>
      ) : (
        <>
          <p>{m.signIn.resetHint}</p>
          <Field
            label={m.signIn.email}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <RefusalNote error={request.error} />
          <button type="submit" className="button button-main button-wide" disabled={request.isPending}>
            {m.signIn.askReset}
          </button>
        </>
      )}
      <button type="button" className="link" onClick={onBack}>
        {m.back}
      </button>
    </form>
  );
}
