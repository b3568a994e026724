import type { CustomerNotice, DistributorTransaction, StaffLanguage } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { onceOnly, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** Sends the receipt to its customer, by e-mail or to the number that was recharged. */
export function SendReceipt({
  transaction,
  language,
}: {
  transaction: DistributorTransaction;
  language: StaffLanguage;
}) {
  const m = useMessages();
  const f = useFormats();
  const [email, setEmail] = useState('');
  const may = useMay();
  const send = useMutation({
    mutationFn: (to: CustomerNotice) =>
      server.opentopup.call('sendReceipt', { params: { id: transaction.id }, body: { ...to, language } }),
    retry: onceOnly,
    onSuccess: () => setEmail(''),
  });
  if (!may('sendReceipt')) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate({ email: email.trim() });
  };
  return (
    <details className="more">
      <summary>{m.receipt.send}</summary>
      <form className="send-receipt" onSubmit={submit}>
        <Field
          label={m.receipt.email}
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <div className="actions">
          <button type="submit" className="button" disabled={send.isPending}>
            {m.receipt.byEmail}
          </button>
          {transaction.parameters.msisdn && transaction.product_type !== 'eSim' && (
            <button
              type="button"
              className="button"
              disabled={send.isPending}
              onClick={() => send.mutate({ sms: true })}
            >
              {m.receipt.bySms}
            </button>
          )}
        </div>
      </form>
      <div role="status">{send.data && <p className="notice">{m.receipt.sent(f.number(send.data.left))}</p>}</div>
      <RefusalNote error={send.error} once />
    </details>
  );
}
