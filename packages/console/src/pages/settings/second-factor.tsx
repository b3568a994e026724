import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { renderSVG } from 'uqr';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { Field } from '../../parts/field.tsx';
import { PresentPassword } from '../../parts/password-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { enter, useSignedIn } from '../../session/session.ts';

/** Signing in with a code of an authenticator app too. */
export function SecondFactor() {
  const m = useMessages();
  const { second_factor } = useSignedIn();
  const [codes, setCodes] = useState<string[]>([]);
  return (
    <section className="card">
      <h2>{m.factor.title}</h2>
      {codes.length > 0 && (
        <div className="notice" role="status">
          <p>{m.factor.codes}</p>
          <Copy text={codes.join('\n')} label={m.factor.codes} />
        </div>
      )}
      {second_factor ? <Removal /> : <Enrolment onCodes={setCodes} />}
    </section>
  );
}

function Enrolment({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const m = useMessages();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const enrol = useMutation({ mutationFn: () => server.account.call('enrolFactor', { body: { password } }) });
  const confirm = useMutation({
    mutationFn: () => server.account.call('confirmFactor', { body: { code: code.trim() } }),
    onSuccess: ({ recovery_codes }) => {
      onCodes(recovery_codes);
      void queries.invalidateQueries({ queryKey: ['session'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (enrol.data) confirm.mutate();
    else enrol.mutate();
  };
  return (
    <form onSubmit={submit}>
      {enrol.data ? (
        <>
          <p>{m.factor.scan}</p>
          <img
            className="qr"
            alt={m.factor.qr}
            src={`data:image/svg+xml,${encodeURIComponent(renderSVG(enrol.data.uri))}`}
          />
          <Copy text={enrol.data.secret} label={m.factor.secret} />
          <Field
            label={m.signIn.code}
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            minLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </>
      ) : (
        <>
          <p className="hint">{m.factor.hint}</p>
          <PresentPassword value={password} onChange={setPassword} />
        </>
      )}
      <RefusalNote error={confirm.error ?? enrol.error} />
      <button type="submit" className="button" disabled={enrol.isPending || confirm.isPending}>
        {enrol.data ? m.factor.confirm : m.factor.begin}
      </button>
    </form>
  );
}

function Removal() {
  const m = useMessages();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useMutation({
    mutationFn: () => server.account.call('removeFactor', { body: { password, code: code.trim() } }),
    onSuccess: enter,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p>{m.factor.on}</p>
      <PresentPassword value={password} onChange={setPassword} />
      <Field
        label={m.signIn.code}
        autoComplete="one-time-code"
        required
        minLength={6}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <RefusalNote error={remove.error} />
      <button type="submit" className="button" disabled={remove.isPending}>
        {m.factor.remove}
      </button>
    </form>
  );
}
