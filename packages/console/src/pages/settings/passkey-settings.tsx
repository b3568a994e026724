import type { Passkey } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAccessMessages } from '../../language/access.ts';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Field } from '../../parts/field.tsx';
import { PresentPassword } from '../../parts/password-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { knowsPasskeys, makePasskey, NoPasskey } from '../../session/passkeys.ts';
import { useSignedIn } from '../../session/session.ts';

const PASSKEYS = ['passkeys'];

/** Somebody's passkeys: signing in with what unlocks the device. */
export function PasskeySettings() {
  const a = useAccessMessages();
  const f = useFormats();
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const list = useQuery({ queryKey: PASSKEYS, queryFn: () => server.account.call('listPasskeys', {}) });
  const refresh = () => queries.invalidateQueries({ queryKey: PASSKEYS });
  const remove = useMutation({
    mutationFn: (id: string) => server.account.call('removePasskey', { params: { id } }),
    onSuccess: refresh,
  });
  return (
    <section className="card">
      <h2>{a.passkeys.title}</h2>
      <p className="hint">{a.passkeys.hint}</p>
      <RefusalNote error={list.error ?? remove.error} />
      <ul className="plain">
        {list.data?.map((passkey) => (
          <li key={passkey.id} className="entry">
            <span>
              <strong>{passkey.name}</strong>
              <span className="hint">
                {passkey.last_use_date === undefined
                  ? a.passkeys.unused
                  : a.passkeys.used(f.moment(passkey.last_use_date))}
                {passkey.synced && ` · ${a.passkeys.synced}`}
              </span>
            </span>
            <button type="button" className="button" onClick={() => setLeaving(passkey)}>
              {a.passkeys.remove}
            </button>
          </li>
        ))}
      </ul>
      {knowsPasskeys() ? <Making onMade={refresh} /> : <p>{a.passkeys.impossible}</p>}
      {leaving && (
        <ConfirmDeed
          title={a.passkeys.sure(leaving.name)}
          deed={a.passkeys.remove}
          onDo={() => remove.mutate(leaving.id)}
          onClose={() => setLeaving(null)}
        >
          <p>{a.passkeys.effect}</p>
        </ConfirmDeed>
      )}
    </section>
  );
}

function Making({ onMade }: { onMade: () => Promise<void> }) {
  const m = useMessages();
  const a = useAccessMessages();
  const { has_password } = useSignedIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const make = useMutation({
    mutationFn: () => makePasskey(name.trim(), password),
    retry: false,
    onSuccess: () => {
      setName('');
      setPassword('');
      void onMade();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={a.passkeys.title}>
      <Field
        label={a.passkeys.name}
        hint={a.passkeys.nameHint}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {has_password && <PresentPassword value={password} onChange={setPassword} />}
      {make.error instanceof NoPasskey ? (
        <p className="hint" role="status">
          {m.signIn.noPasskey}
        </p>
      ) : (
        <RefusalNote error={make.error} />
      )}
      <button type="submit" className="button" disabled={make.isPending}>
        {a.passkeys.make}
      </button>
    </form>
  );
}
