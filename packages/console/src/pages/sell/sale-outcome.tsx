import { type DistributorTransaction, lineMessage, staffMessage } from '@opentopup/contract';
import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTransaction } from '../../parts/use-transaction.ts';
import { OUTCOME } from './outcome.ts';
import { ReceiptDesk } from './receipt-desk.tsx';

const ICONS = { ok: CircleCheck, ko: CircleX, expired: CircleX, pending: Hourglass, created: Hourglass };

/** What became of a sale; it changes by itself as long as that is not known. */
export function SaleOutcome({ id }: { id: string }) {
  const { data: transaction, error } = useTransaction(id);
  if (!transaction) return error ? <RefusalNote error={error} /> : <Skeleton />;
  return <Told transaction={transaction} />;
}

function Told({ transaction }: { transaction: DistributorTransaction }) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  const { status, id, reason, customer_message, line_warning, reversal, park_until } = transaction;
  const Icon = ICONS[status];
  const next = (
    <Link className="button button-main" to="/sell" replace>
      {m.outcome.next}
    </Link>
  );
  return (
    <div className="outcome-place">
      <section className={`outcome outcome-${status}`} aria-live="polite">
        <Icon aria-hidden className="outcome-icon" />
        <h2 id={OUTCOME}>{reversal ? m.reversal.reversed : m.outcome[status]}</h2>
        {reason && <p className="outcome-words">{staffMessage(reason, language)}</p>}
        <p className="outcome-words">{m.outcome.tell(customer_message)}</p>
        {park_until && (
          <p className="outcome-words">
            {m.sell.park.until(f.moment(park_until))} <Link to="/stock">{m.pages.stock}</Link>
          </p>
        )}
        {line_warning && <p className="notice no-print">{lineMessage({ fault: line_warning }, language)}</p>}
      </section>
      {status === 'created' ? (
        <div className="actions no-print">{next}</div>
      ) : (
        <ReceiptDesk transaction={transaction} withEsim>
          {next}
          <Link className="button" to={`/transactions/${id}`}>
            {m.outcome.details}
          </Link>
        </ReceiptDesk>
      )}
    </div>
  );
}
