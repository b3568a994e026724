import type { OwnReversalRequest, ReversalReason, ReversalRequestCreation } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { JustificationField } from '../../parts/justification-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

export const REVERSAL_REASONS: readonly ReversalReason[] = ['not_delivered', 'refunded', 'mistake', 'fraud', 'other'];

/** Has a sale reversed that is done: the operator does it, whoever sold it asks for it. */
export function ReverseSale({ id }: { id: string }) {
  const m = useMessages();
  const may = useMay();
  const [reason, setReason] = useState<ReversalReason>('not_delivered');
  const [justification, setJustification] = useState('');
  const isOperator = may('reverseTransaction');
  const reverse = useMutation({
    mutationFn: (body: ReversalRequestCreation): Promise<OwnReversalRequest> =>
      isOperator
        ? server.operator.call('reverseTransaction', { params: { id }, body })
        : server.opentopup.call('requestReversal', { params: { id }, body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['transaction', id] });
      void queries.invalidateQueries({ queryKey: ['reversal requests'] });
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    reverse.mutate({ reason, justification });
  };
  if (!isOperator && !may('requestReversal')) return null;
  if (reverse.data) {
    return (
      <p className="notice" role="status">
        {reverse.data.status === 'open' ? m.reversal.waits : m.reversal.reversed}
      </p>
    );
  }
  return (
    <details className="card">
      <summary>{isOperator ? m.reversal.reverse : m.reversal.request}</summary>
      <form onSubmit={send}>
        <p className="hint">{m.reversal.hint}</p>
        <SelectField
          label={m.reversal.reason}
          value={reason}
          options={REVERSAL_REASONS.map((value) => ({ value, label: m.reversal.reasons[value] }))}
          onChoose={setReason}
        />
        <JustificationField hint={m.reversal.justificationHint} value={justification} onWrite={setJustification} />
        <RefusalNote error={reverse.error} />
        <button type="submit" className="button button-main" disabled={reverse.isPending}>
          {isOperator ? m.reversal.reverse : m.reversal.request}
        </button>
      </form>
    </details>
  );
}
