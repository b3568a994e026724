import type { OwnReversalRequest, ReversalDecision, ReversalRequest } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

type AnyRequest = OwnReversalRequest & Partial<ReversalRequest>;

/** The requests to reverse sales about which nobody has decided yet; nothing where there are none. */
export function ReversalRequests() {
  const m = useMessages();
  const may = useMay();
  const isOperator = may('listReversalRequests');
  const { data } = useQuery({
    queryKey: ['reversal requests'],
    enabled: isOperator || may('listOwnReversalRequests'),
    queryFn: (): Promise<AnyRequest[]> => {
      const query = { status: 'open' } as const;
      return isOperator
        ? server.operator.call('listReversalRequests', { query })
        : server.opentopup.call('listOwnReversalRequests', { query });
    },
  });
  if (!data || data.length === 0) return null;
  return (
    <section className="card" aria-label={m.reversal.open}>
      <h2>{m.reversal.open}</h2>
      <ul className="plain">
        {data.map((request) => (
          <li key={request.id}>
            <Shown request={request} />
            {may('decideReversal') && <Decide id={request.id} transactionId={request.transaction_id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Shown({ request }: { request: AnyRequest }) {
  const m = useMessages();
  const f = useFormats();
  const { transaction_id, offer_name, resell_value, currency, reason, justification } = request;
  const { distributor_id, distributor_name } = request;
  return (
    <>
      <p>
        <Link to={`/transactions/${transaction_id}`}>{[offer_name, f.money(resell_value, currency)].join(' · ')}</Link>{' '}
        <span className="hint">
          {distributor_id && distributor_name && (
            <>
              <DistributorLink id={distributor_id} name={distributor_name} /> ·{' '}
            </>
          )}
          {f.moment(request.creation_date)}
          {request.origin && ` · ${m.reversal.origins[request.origin]}`}
        </span>
      </p>
      <p>
        {m.reversal.reasons[reason]}: {justification}
      </p>
      {request.handed_over && <p className="notice">{m.reversal.handedOver[request.handed_over]}</p>}
      {request.second_person && <p className="hint">{m.reversal.secondPerson}</p>}
    </>
  );
}

function Decide({ id, transactionId }: { id: string; transactionId: string }) {
  const m = useMessages();
  const [justification, setJustification] = useState('');
  const decide = useMutation({
    mutationFn: (body: ReversalDecision) => server.operator.call('decideReversal', { params: { id }, body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['reversal requests'] });
      void queries.invalidateQueries({ queryKey: ['transaction', transactionId] });
    },
  });
  const isBlank = justification.trim() === '';
  return (
    <div>
      <JustificationField
        hint={m.reversal.justificationHint}
        isOptional
        value={justification}
        onWrite={setJustification}
      />
      <RefusalNote error={decide.error} />
      <div className="actions">
        {(['approve', 'decline'] as const).map((decision) => (
          <button
            key={decision}
            type="button"
            className={decision === 'approve' ? 'button button-main' : 'button'}
            disabled={decide.isPending || isBlank}
            onClick={() => decide.mutate({ decision, justification })}
          >
            {m.reversal.decisions[decision]}
          </button>
        ))}
      </div>
    </div>
  );
}
