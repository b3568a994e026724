import { useMutation } from '@tanstack/react-query';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../server.ts';

const NAME = 'Sandbox';

/** Makes credentials for the code shown above, which works in the sandbox alone; their secret is told once. */
export function SandboxClient() {
  const m = useMessages();
  const create = useMutation({
    mutationFn: () => server.opentopup.call('createOwnCredential', { body: { name: NAME, world: 'sandbox' } }),
    retry: onceOnly,
    onSettled: () => queries.invalidateQueries({ queryKey: ['clients'] }),
  });
  const told = create.data;
  return (
    <section className="card">
      <h2>{m.integrate.credentials}</h2>
      <p className="hint">{m.integrate.credentialsHint}</p>
      <RefusalNote error={create.error} once />
      {told ? (
        <div className="notice" role="status">
          <p>{m.clients.once}</p>
          <Copy
            text={`export CLIENT_ID='${told.client_id}'\nexport CLIENT_SECRET='${told.client_secret}'`}
            label={m.clients.secret}
          />
        </div>
      ) : (
        <div className="actions">
          <button type="button" className="button" disabled={create.isPending} onClick={() => create.mutate()}>
            {m.integrate.create}
          </button>
        </div>
      )}
    </section>
  );
}
