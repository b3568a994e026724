import type { Credential } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { ConfirmDeed } from '../../../parts/confirm-deed.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';

/** The programs that sell for a distributor; one whose secret is out is revoked here. */
export function DistributorClients({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const may = useMay();
  const [revoked, setRevoked] = useState<Credential | null>(null);
  const queryKey = ['clients', id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: () =>
      Array.fromAsync(server.operator.each('listCredentials', { params: { id }, query: { limit: 1_000 } })),
  });
  const revoke = useMutation({
    mutationFn: (client_id: string) => server.operator.call('revokeCredential', { params: { client_id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <section className="card" aria-label={o.distributor.clients}>
      <h2>{o.distributor.clients}</h2>
      <RefusalNote error={error ?? revoke.error} />
      {data?.length === 0 && <p className="hint">{o.distributor.noClients}</p>}
      <ul className="plain">
        {data?.map((client) => (
          <li key={client.client_id} className="entry">
            <span>
              <strong>
                <bdi>{client.name}</bdi>
              </strong>{' '}
              {client.revocation_date && <span className="badge badge-ko">{m.clients.revoked}</span>}
              <span className="hint">
                {client.client_id} · {o.distributor.perMinute(f.number(client.requests_per_minute))} ·{' '}
                {f.day(client.creation_date)}
              </span>
            </span>
            {may('revokeCredential') && !client.revocation_date && (
              <button
                type="button"
                className="button"
                aria-label={`${m.clients.revoke}${m.colon}${client.name}`}
                onClick={() => setRevoked(client)}
              >
                {m.clients.revoke}
              </button>
            )}
          </li>
        ))}
      </ul>
      {revoked && (
        <ConfirmDeed
          title={m.clients.sure.revoke(revoked.name)}
          deed={m.clients.revoke}
          onDo={() => revoke.mutate(revoked.client_id)}
          onClose={() => setRevoked(null)}
        >
          <p>{m.clients.effect.revoke}</p>
        </ConfirmDeed>
      )}
    </section>
  );
}
