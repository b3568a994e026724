import { type Alert, staffMessage } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useLanguage, useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { AlertEntry } from './alert-entry.tsx';
import { AlertForm } from './alert-form.tsx';
import { refreshAlerts, useStocks } from './use-stock.ts';

/** When somebody is told of a stock. */
export function Component() {
  const m = useMessages();
  const language = useLanguage();
  const may = useMay();
  return (
    <PageFrame title={m.alerts.title} actions={<Link to="/stock">{m.stock.all}</Link>}>
      {may('createAlert') ? <Alerts /> : <Empty title={staffMessage('access_denied', language)} />}
    </PageFrame>
  );
}

function Alerts() {
  const m = useMessages();
  const [search] = useSearchParams();
  const list = useQuery({
    queryKey: ['alerts'],
    queryFn: () => Array.fromAsync(server.opentopup.each('listAlerts', { query: { limit: 1_000 } })),
  });
  const stocks = useStocks();
  const [changed, setChanged] = useState<Alert | null>(null);
  const [leaving, setLeaving] = useState<Alert | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) => server.opentopup.call('deleteAlert', { params: { id } }),
    onSuccess: refreshAlerts,
  });
  const nameOf = ({ offer_id }: Alert): string =>
    offer_id
      ? (stocks.data?.find((stock) => stock.offer_id === offer_id)?.offer_name ?? offer_id)
      : m.alerts.everywhere;
  if (list.isPending || stocks.isPending) return <Skeleton />;
  if (!list.data || !stocks.data) return <RefusalNote error={list.error ?? stocks.error} />;
  const taken = new Set(list.data.map(({ offer_id }) => offer_id ?? ''));
  const free = [
    { value: '', label: m.alerts.everywhere },
    ...stocks.data.map(({ offer_id, offer_name }) => ({ value: offer_id, label: offer_name })),
  ].filter(({ value }) => !taken.has(value));
  return (
    <div className="columns">
      <section className="card">
        <p className="hint">{m.alerts.hint}</p>
        <RefusalNote error={remove.error} />
        {list.data.length === 0 && <Empty title={m.alerts.none} />}
        <ul className="plain">
          {list.data.map((alert) => (
            <AlertEntry key={alert.id} alert={alert} name={nameOf(alert)}>
              <button
                type="button"
                className="button"
                aria-label={m.alerts.changeOf(nameOf(alert))}
                onClick={() => setChanged(alert)}
              >
                {m.alerts.change}
              </button>
              <button
                type="button"
                className="button"
                aria-label={m.alerts.removeOf(nameOf(alert))}
                onClick={() => setLeaving(alert)}
              >
                {m.alerts.remove}
              </button>
            </AlertEntry>
          ))}
        </ul>
      </section>
      {changed ? (
        <AlertForm
          key={changed.id}
          title={m.alerts.changeOf(nameOf(changed))}
          alert={changed}
          onDone={() => setChanged(null)}
        />
      ) : (
        free.length > 0 && (
          <AlertForm key={free.length} title={m.alerts.add} offers={free} likely={search.get('offer')} />
        )
      )}
      {leaving && (
        <ConfirmDeed
          title={m.alerts.removeOf(nameOf(leaving))}
          deed={m.alerts.remove}
          onDo={() => remove.mutate(leaving.id)}
          onClose={() => setLeaving(null)}
        >
          <p>{m.alerts.effect}</p>
        </ConfirmDeed>
      )}
    </div>
  );
}
