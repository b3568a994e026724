import type { OwnCredential, World } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../server.ts';
import { useSignedIn } from '../../session/session.ts';

type Deed = { kind: 'rotate' | 'revoke'; client: OwnCredential };

/** The programs that sell for the distributor, and their secrets. */
export function ClientSettings() {
  const m = useMessages();
  const { distributor } = useSignedIn();
  const list = useQuery({ queryKey: ['clients'], queryFn: () => server.opentopup.call('listOwnCredentials', {}) });
  const [deed, setDeed] = useState<Deed | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['clients'] });
  const [name, setName] = useState('');
  const [world, setWorld] = useState<World>(distributor?.world ?? 'live');
  const create = useMutation({
    mutationFn: () => server.opentopup.call('createOwnCredential', { body: { name, world } }),
    retry: onceOnly,
    onSuccess: () => setName(''),
    onSettled: refresh,
  });
  const rotate = useMutation({
    mutationFn: (client_id: string) =>
      server.opentopup.call('rotateOwnCredential', { params: { client_id }, body: {} }),
    retry: onceOnly,
    onSettled: refresh,
  });
  const revoke = useMutation({
    mutationFn: (client_id: string) => server.opentopup.call('revokeOwnCredential', { params: { client_id } }),
    onSuccess: refresh,
  });
  const told = rotate.data ?? create.data;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rotate.reset();
    create.mutate();
  };
  const act = ({ kind, client }: Deed): void => {
    (kind === 'rotate' ? rotate : revoke).mutate(client.client_id);
  };
  return (
    <div className="columns">
      <section className="card">
        <h2>{m.settings.clients}</h2>
        {told && (
          <div className="notice" role="status">
            <p>{m.clients.once}</p>
            <Copy text={`client_id=${told.client_id}\nclient_secret=${told.client_secret}`} label={m.clients.secret} />
          </div>
        )}
        <RefusalNote error={list.error ?? revoke.error} />
        <RefusalNote error={rotate.error} once />
        {list.data?.length === 0 && <Empty title={m.clients.none} />}
        <ul className="plain">
          {list.data?.map((client) => (
            <li key={client.client_id} className="entry">
              <Client client={client} />
              {!client.revocation_date && (
                <span className="actions">
                  <button type="button" className="button" onClick={() => setDeed({ kind: 'rotate', client })}>
                    {m.clients.rotate}
                  </button>
                  <button type="button" className="button" onClick={() => setDeed({ kind: 'revoke', client })}>
                    {m.clients.revoke}
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <form className="card" onSubmit={submit}>
        <h2>{m.clients.add}</h2>
        <Field
          label={m.clients.name}
          hint={m.clients.nameHint}
          required
          maxLength={255}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {distributor?.sandbox_id && (
          <SelectField
            label={m.clients.world}
            value={world}
            options={(['live', 'sandbox'] as const).map((value) => ({ value, label: m[value] }))}
            onChoose={setWorld}
          />
        )}
        <RefusalNote error={create.error} once />
        <button type="submit" className="button button-main" disabled={create.isPending}>
          {m.clients.add}
        </button>
      </form>
      {deed && (
        <ConfirmDeed
          title={m.clients.sure[deed.kind](deed.client.name)}
          deed={m.clients[deed.kind]}
          onDo={() => act(deed)}
          onClose={() => setDeed(null)}
        >
          <p>{m.clients.effect[deed.kind]}</p>
        </ConfirmDeed>
      )}
    </div>
  );
}

function Client({ client: { client_id, name, world, creation_date, revocation_date } }: { client: OwnCredential }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <span>
      <strong>{name}</strong> {world === 'sandbox' && <span className="badge">{m.sandbox}</span>}{' '}
      {revocation_date && <span className="badge badge-ko">{m.clients.revoked}</span>}
      <span className="hint">
        {client_id} · {f.day(creation_date)}
      </span>
    </span>
  );
}
