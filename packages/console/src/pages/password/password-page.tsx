import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { NewPassword } from '../../parts/password-field.tsx';
import { RefusalNote, reasonIn } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { enter } from '../../session/session.ts';
import { Front } from '../../shell/front.tsx';

/** A one-time link: the first account, an invitation, or another password. */
export function Component() {
  const m = useMessages();
  // Behind the #, so that it is in no log on the way.
  const [token] = useState(() => location.hash.slice(1));
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => server.account.call('readLink', { body: { token } }),
    staleTime: Infinity,
  });
  const [given, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const email = link.data?.email ?? given;
  const use = useMutation({
    mutationFn: async () => {
      const isFirst = link.data?.purpose === 'first_account';
      await server.account.call('useLink', { body: { token, password, ...(isFirst && { email }) } });
      return server.account.call('signIn', { body: { email, password } });
    },
    onSuccess: (signedIn) => {
      enter(signedIn);
      location.assign('/');
    },
    onError: (error) => {
      // The password is set; the second factor is asked for at the sign-in.
      if (reasonIn(error) === 'code_needed') location.assign('/');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!use.isPending) use.mutate();
  };

  if (link.isPending) {
    return (
      <Front title={m.link.title}>
        <Skeleton />
      </Front>
    );
  }
  if (!link.data) {
    return (
      <Front title={m.link.title}>
        <RefusalNote error={link.error} />
        <Link to="/">{m.toStart}</Link>
      </Front>
    );
  }
  const { purpose, role, distributor_name } = link.data;
  return (
    <Front title={m.link[purpose]}>
      <form onSubmit={submit}>
        <p>{m.link.as(m.roles[role], distributor_name)}</p>
        <Field
          label={m.signIn.email}
          type="email"
          autoComplete="username"
          required
          readOnly={purpose !== 'first_account'}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <NewPassword value={password} onChange={setPassword} />
        <RefusalNote error={use.error} />
        <button type="submit" className="button button-main button-wide" disabled={use.isPending}>
          {m.link.save}
        </button>
      </form>
    </Front>
  );
}
