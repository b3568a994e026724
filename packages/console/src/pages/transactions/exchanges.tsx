import type { AdminTransaction, SupplierExchange } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { Copy } from '../../parts/copy.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';

/** More than any transaction has. */
const ALL = 1_000;
const LOOK_MS = 3_000;
/** Calls are kept some moments after they were made. */
const FRESH_MS = 60_000;

/** Lays out JSON for reading; leaves anything else as it is. */
function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What was said to the supplier, call by call: for whoever is asked why nothing has arrived. */
export function Exchanges({ transaction: { id, status, change_date } }: { transaction: AdminTransaction }) {
  const m = useMessages();
  const { data, error } = useQuery({
    queryKey: ['transaction', id, 'exchanges'],
    queryFn: () => server.operator.call('listExchanges', { params: { id }, query: { limit: ALL } }),
    refetchInterval: () => (status === 'pending' || Date.now() - Date.parse(change_date) < FRESH_MS ? LOOK_MS : false),
  });
  return (
    <section className="card" aria-label={m.exchanges.title}>
      <h2>{m.exchanges.title}</h2>
      <RefusalNote error={error} />
      {data?.length === 0 && <p className="hint">{m.exchanges.none}</p>}
      {data && data.length > 0 && (
        <ol className="time-line">
          {data.map((exchange) => (
            <li key={exchange.id}>
              <Call exchange={exchange} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Call({ exchange }: { exchange: SupplierExchange }) {
  const m = useMessages();
  const words = useServerWords();
  const f = useFormats();
  const { kind, date, duration_ms, method, url, status, failure, request_body, response_body } = exchange;
  const isGood = status !== undefined && status < 400;
  return (
    <>
      <strong>{m.exchanges.kinds[kind]}</strong>{' '}
      <span className={`badge ${isGood ? 'badge-ok' : 'badge-ko'}`}>
        {status === undefined ? m.exchanges.noAnswer : `HTTP ${status}`}
      </span>
      <time dateTime={date}>
        {f.moment(date)} · {m.exchanges.took(f.number(duration_ms))}
      </time>
      <p className="hint">{[method, url].filter(Boolean).join(' ')}</p>
      {failure && <p className="hint">{words(failure)}</p>}
      {request_body && <Body title={m.exchanges.request} text={request_body} />}
      {response_body && <Body title={m.exchanges.response} text={response_body} />}
    </>
  );
}

function Body({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary>{title}</summary>
      <Copy label={title} text={laidOut(text)} />
    </details>
  );
}
