import { isUuid, type LoggedRequest } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useProgramsMessages } from '../../language/programs.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';

const SHOWN = 50;

/** The latest requests; or one, by its id. */
export function RequestList() {
  const p = useProgramsMessages();
  const [only, setOnly] = useState<'refused' | 'every'>('refused');
  const [id, setId] = useState('');
  const wanted = id.trim();
  const { data, error } = useQuery({
    queryKey: ['requests', isUuid(wanted) ? wanted : only],
    queryFn: async (): Promise<LoggedRequest[]> =>
      isUuid(wanted)
        ? [await server.opentopup.call('getRequest', { params: { id: wanted } })]
        : server.opentopup.call('listRequests', {
            query: { limit: SHOWN, ...(only === 'refused' && { refused: true }) },
          }),
  });
  return (
    <section className="card" aria-label={p.requests.all}>
      <h2>{p.requests.all}</h2>
      <search className="filters">
        <Field
          label={p.requests.find}
          hint={p.requests.findHint}
          value={id}
          autoComplete="off"
          spellCheck={false}
          error={wanted !== '' && !isUuid(wanted) ? p.requests.notFound : undefined}
          onChange={(event) => setId(event.target.value)}
        />
        <SelectField
          label={p.requests.only}
          value={only}
          options={(['refused', 'every'] as const).map((value) => ({ value, label: p.requests[value] }))}
          onChoose={setOnly}
        />
      </search>
      <RefusalNote error={error} />
      {data?.length === 0 && <Empty title={p.requests.none} />}
      <ul className="plain">
        {data?.map((each) => (
          <li key={each.id} className="entry">
            <Asked request={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Asked({ request }: { request: LoggedRequest }) {
  const f = useFormats();
  const { method, path, status, reason, field, duration_ms, transaction_id, chaos, body } = request;
  return (
    <span>
      <span className={`badge ${reason ? 'badge-ko' : 'badge-ok'}`}>{status}</span>{' '}
      <code>
        {method} {path}
      </code>
      {chaos && <code> {chaos}</code>}
      <span className="hint">
        {[reason, field, f.lasting(duration_ms / 1_000), f.moment(request.date), request.client_id]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className="hint">
        {request.id} {transaction_id && <Link to={`/transactions/${transaction_id}`}>{transaction_id}</Link>}
      </span>
      {body && <code className="hint">{body}</code>}
    </span>
  );
}
