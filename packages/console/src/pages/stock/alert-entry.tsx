import type { Alert } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { onceOnly, server } from '../../server.ts';
import { refreshAlerts } from './use-stock.ts';

interface Props {
  alert: Alert;
  /** What it is for. */
  name: string;
  /** What else can be done with it. */
  children: ReactNode;
}

/** One alert in the list, and what came of a test message. */
export function AlertEntry({ alert, name, children }: Props) {
  const m = useMessages();
  const words = useServerWords();
  const test = useMutation({
    mutationFn: () => server.opentopup.call('testAlert', { params: { id: alert.id } }),
    retry: onceOnly,
    onSettled: refreshAlerts,
  });
  return (
    <li className="entry">
      <span>
        <Terms alert={alert} name={name} />
        <span role="status">
          {test.data?.map(({ address, error }) =>
            error === undefined ? (
              <span key={address} className="hint">
                {m.alerts.taken(address)}
              </span>
            ) : (
              <span key={address} className="error">
                {m.alerts.notTaken(address, words(error) ?? error)}
              </span>
            ),
          )}
        </span>
        <RefusalNote error={test.error} once />
      </span>
      <span className="actions">
        {(alert.chat || alert.emails.length > 0) && (
          <button
            type="button"
            className="button"
            aria-label={m.alerts.testOf(name)}
            disabled={test.isPending}
            onClick={() => test.mutate()}
          >
            {m.alerts.test}
          </button>
        )}
        {children}
      </span>
    </li>
  );
}

function Terms({ alert: { units, days_of_cover, emails, chat, crossed }, name }: { alert: Alert; name: string }) {
  const m = useMessages();
  const f = useFormats();
  const words = useServerWords();
  const why = (cause = ''): string => words(cause) ?? cause;
  const terms = [
    units !== undefined && m.alerts.atUnits(f.number(units)),
    days_of_cover !== undefined && m.alerts.atDays(f.number(days_of_cover)),
    ...emails,
    chat?.address,
  ];
  return (
    <span>
      <strong>{name}</strong>
      <span className="hint">{terms.filter(Boolean).join(' · ')}</span>
      {chat?.stop_date && (
        <span className="error">{m.alerts.chatStopped(f.moment(chat.stop_date), why(chat.stop_cause))}</span>
      )}
      {chat?.failure_date && (
        <span className="error">{m.alerts.chatFailed(f.moment(chat.failure_date), why(chat.failure_cause))}</span>
      )}
      {crossed.map(({ offer_id, offer_name, available, level }) => (
        <span key={offer_id} className="crossed">
          <span className={`badge ${level === 'low' ? 'badge-pending' : 'badge-ko'}`}>
            {level === 'low' ? m.stock.low : m.sell.empty}
          </span>{' '}
          <Link to={`/stock/${offer_id}`}>{offer_name}</Link> {f.number(available)}
        </span>
      ))}
    </span>
  );
}
