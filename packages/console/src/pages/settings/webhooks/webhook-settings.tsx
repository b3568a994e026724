import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useMessages } from '../../../language/language.ts';
import { Copy } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { onceOnly, server } from '../../../server.ts';
import { refreshWebhooks, useWebhooks } from './use-webhooks.ts';
import { WebhookDetail } from './webhook-detail.tsx';
import { type Terms, WebhookForm } from './webhook-form.tsx';
import { WebhookState } from './webhook-state.tsx';

/** The endpoints that are told what happens; or one of them. */
export function WebhookSettings() {
  const m = useMessages();
  const { id } = useParams();
  const { data, error, isPending } = useWebhooks();
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  if (id === undefined) return <Webhooks />;
  const webhook = data.find((each) => each.id === id);
  return webhook ? <WebhookDetail webhook={webhook} /> : <Empty title={m.nothingFound} />;
}

function Webhooks() {
  const m = useMessages();
  const { data } = useWebhooks();
  const create = useMutation({
    mutationFn: (body: Terms) => server.opentopup.call('createWebhook', { body }),
    retry: onceOnly,
    onSettled: refreshWebhooks,
  });
  return (
    <div className="columns">
      <section className="card">
        <h2>{m.settings.webhooks}</h2>
        <p className="hint">{m.webhooks.hint}</p>
        {create.data && (
          <div className="notice" role="status">
            <p>{m.clients.once}</p>
            <Copy text={create.data.secret} label={m.webhooks.secret} />
          </div>
        )}
        {data?.length === 0 && <Empty title={m.webhooks.none} />}
        <ul className="plain">
          {data?.map((webhook) => (
            <li key={webhook.id} className="entry">
              <span className="long">
                <Link to={`/settings/webhooks/${webhook.id}`}>{webhook.url}</Link>
              </span>
              <WebhookState webhook={webhook} />
            </li>
          ))}
        </ul>
      </section>
      <WebhookForm
        key={create.data?.id}
        title={m.webhooks.add}
        error={create.error}
        isSaving={create.isPending}
        onSave={create.mutate}
      />
    </div>
  );
}
