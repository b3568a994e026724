import type { Webhook } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { ConfirmDeed } from '../../../parts/confirm-deed.tsx';
import { Copy } from '../../../parts/copy.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../../server.ts';
import { Deliveries } from './deliveries.tsx';
import { refreshWebhooks } from './use-webhooks.ts';
import { type Terms, WebhookForm } from './webhook-form.tsx';
import { WebhookState } from './webhook-state.tsx';

type Deed = 'rotate' | 'remove';

/** One endpoint: what it is told, its secret, and how what it was told has fared. */
export function WebhookDetail({ webhook }: { webhook: Webhook }) {
  const m = useMessages();
  const f = useFormats();
  const navigate = useNavigate();
  const [deed, setDeed] = useState<Deed | null>(null);
  const { id, url, status, failing_since_date, old_secret_expiration_date } = webhook;
  const params = { id };
  const change = useMutation({
    mutationFn: (body: Terms) => server.opentopup.call('changeWebhook', { params, body }),
    onSuccess: refreshWebhooks,
  });
  const pause = useMutation({
    mutationFn: () =>
      server.opentopup.call('changeWebhook', {
        params,
        body: { status: status === 'active' ? 'paused' : 'active' },
      }),
    onSuccess: refreshWebhooks,
  });
  const rotate = useMutation({
    mutationFn: () => server.opentopup.call('rotateWebhook', { params, body: {} }),
    retry: onceOnly,
    onSettled: refreshWebhooks,
  });
  const test = useMutation({
    mutationFn: () => server.opentopup.call('testWebhook', { params }),
    retry: onceOnly,
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries', id] }),
  });
  const remove = useMutation({
    mutationFn: () => server.opentopup.call('deleteWebhook', { params }),
    onSuccess: async () => {
      await navigate('/settings/webhooks');
      await refreshWebhooks();
    },
  });
  return (
    <>
      <p className="way-back">
        <Link to="/settings/webhooks">{m.webhooks.all}</Link>
      </p>
      <div className="columns">
        <div>
          <section className="card">
            <h2 className="long">{url}</h2>
            <p>
              <WebhookState webhook={webhook} />
            </p>
            {failing_since_date && <p className="hint">{m.webhooks.failingSince(f.moment(failing_since_date))}</p>}
            {old_secret_expiration_date && (
              <p className="hint">{m.webhooks.oldSecret(f.moment(old_secret_expiration_date))}</p>
            )}
            {rotate.data && (
              <div className="notice" role="status">
                <p>{m.clients.once}</p>
                <Copy text={rotate.data.secret} label={m.webhooks.secret} />
              </div>
            )}
            <RefusalNote error={pause.error ?? remove.error} />
            <RefusalNote error={rotate.error ?? test.error} once />
            <div className="actions">
              <button type="button" className="button" disabled={test.isPending} onClick={() => test.mutate()}>
                {m.webhooks.test}
              </button>
              <button type="button" className="button" disabled={pause.isPending} onClick={() => pause.mutate()}>
                {status === 'active' ? m.webhooks.pause : m.webhooks.activate}
              </button>
              <button type="button" className="button" onClick={() => setDeed('rotate')}>
                {m.webhooks.rotate}
              </button>
              <button type="button" className="button" onClick={() => setDeed('remove')}>
                {m.webhooks.remove}
              </button>
            </div>
          </section>
          <Deliveries webhookId={id} />
        </div>
        <WebhookForm
          title={m.webhooks.change}
          webhook={webhook}
          error={change.error}
          isSaving={change.isPending}
          isSaved={change.isSuccess}
          onSave={change.mutate}
        />
      </div>
      {deed && (
        <ConfirmDeed
          title={m.webhooks.sure[deed]}
          deed={m.webhooks[deed]}
          onDo={() => (deed === 'rotate' ? rotate : remove).mutate()}
          onClose={() => setDeed(null)}
        >
          <p>{m.webhooks.effect[deed]}</p>
        </ConfirmDeed>
      )}
    </>
  );
}
