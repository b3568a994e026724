import type { Delivery } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useServerWords } from '../../../language/server-words.ts';
import { Empty } from '../../../parts/empty.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../../server.ts';
import { useEventName } from './use-event-name.ts';

const SHOWN = 50;
const LOOK_MS = 3_000;
const LOOK_LATE_MS = 15_000;
const BADGES = { delivered: 'badge-ok', pending: 'badge-pending', dead: 'badge-ko' };

/** How the latest events have fared at an endpoint; each can be sent again. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const m = useMessages();
  const queryKey = ['deliveries', webhookId];
  const list = useQuery({
    queryKey,
    queryFn: () => server.opentopup.call('listDeliveries', { params: { id: webhookId }, query: { limit: SHOWN } }),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'pending') ? LOOK_MS : LOOK_LATE_MS),
  });
  const resend = useMutation({
    mutationFn: (event_id: string) => server.opentopup.call('resendDelivery', { params: { id: webhookId, event_id } }),
    retry: onceOnly,
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <section className="card">
      <h2>{m.deliveries.title}</h2>
      <RefusalNote error={list.error} />
      <RefusalNote error={resend.error} once />
      {list.data?.length === 0 && <Empty title={m.deliveries.none}>{m.deliveries.noneHint}</Empty>}
      <ul className="plain">
        {list.data?.map((delivery) => (
          <li key={delivery.event_id} className="entry">
            <Fate delivery={delivery} />
            <button
              type="button"
              className="button"
              disabled={resend.isPending}
              onClick={() => resend.mutate(delivery.event_id)}
            >
              {m.deliveries.resend}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fate({ delivery }: { delivery: Delivery }) {
  const m = useMessages();
  const f = useFormats();
  const nameOf = useEventName();
  const words = useServerWords();
  const { type, status, attempts, last_attempt_date, next_attempt_date, response_status, error } = delivery;
  const facts = [
    last_attempt_date && f.moment(last_attempt_date),
    m.deliveries.attempts(f.number(attempts), attempts),
    response_status && `HTTP ${response_status}`,
    error && words(error),
    next_attempt_date && m.deliveries.next(f.moment(next_attempt_date)),
  ];
  return (
    <span>
      <strong>{nameOf(type)}</strong> <span className={`badge ${BADGES[status]}`}>{m.deliveries.status[status]}</span>
      <span className="hint">{facts.filter(Boolean).join(' · ')}</span>
    </span>
  );
}
