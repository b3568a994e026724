import { type SupplierCallEntry, staffMessage } from '@opentopup/contract';
import { CALL_OUTCOMES } from '@opentopup/contract/catalogue/call-outcomes';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useLanguage, useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { useServerWords } from '../../../language/server-words.ts';
import { DistributorLink } from '../../../parts/distributor-link.tsx';
import { SelectField } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { usePageByPage } from '../../../parts/use-page-by-page.ts';
import { server } from '../../../server.ts';

type Outcome = (typeof CALL_OUTCOMES)[number];

/** The last calls of a supplier, narrowed down by how they ended; what was said is on the page of each sale. */
export function SupplierCalls({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const [outcome, setOutcome] = useState<Outcome | ''>('');
  const { rows, error, hasMore, readOn } = usePageByPage(['supplier calls', id, outcome], (page) =>
    server.operator.call('listSupplierCalls', { params: { id }, query: { ...page, ...(outcome && { outcome }) } }),
  );
  return (
    <section className="card" aria-label={o.calls.title}>
      <h2>{o.calls.title}</h2>
      <p className="hint">{o.supplier.callsHint}</p>
      <SelectField
        label={o.calls.outcome}
        value={outcome}
        options={[
          { value: '' as const, label: m.all },
          ...CALL_OUTCOMES.map((value) => ({ value, label: o.calls.outcomes[value] })),
        ]}
        onChoose={setOutcome}
      />
      <RefusalNote error={error} />
      {rows?.length === 0 && <p className="hint">{o.calls.none}</p>}
      {rows && rows.length > 0 && (
        <Scroll className="table-place table-tall" label={o.calls.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{o.calls.call}</th>
                <th scope="col">{o.calls.answer}</th>
                <th scope="col" className="number">
                  {o.calls.duration}
                </th>
                <th scope="col">{o.calls.sale}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((call) => (
                <Call key={call.id} call={call} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {hasMore && (
        <button type="button" className="button" onClick={readOn}>
          {o.more}
        </button>
      )}
    </section>
  );
}

function Call({ call }: { call: SupplierCallEntry }) {
  const m = useMessages();
  const f = useFormats();
  const words = useServerWords();
  const language = useLanguage();
  const { kind, date, duration_ms, status, failure, transaction_id, transaction_status, reason } = call;
  const isGood = status !== undefined && status < 400;
  return (
    <tr>
      <th scope="row">
        {m.exchanges.kinds[kind]}
        <span className="hint">{f.moment(date)}</span>
      </th>
      <td>
        <span className={`badge ${isGood ? 'badge-ok' : 'badge-ko'}`}>
          {status === undefined ? m.exchanges.noAnswer : `HTTP ${status}`}
        </span>
        {failure && <span className="hint">{words(failure) ?? failure}</span>}
      </td>
      <td className="number">{m.exchanges.took(f.number(duration_ms))}</td>
      <td>
        <Link to={`/transactions/${transaction_id}`}>
          <bdi>{call.offer_name}</bdi>
        </Link>{' '}
        <StatusBadge status={transaction_status} />
        <span className="hint">
          <DistributorLink id={call.distributor_id} name={call.distributor_name} />
          {reason && ` · ${staffMessage(reason, language)}`}
        </span>
      </td>
    </tr>
  );
}
