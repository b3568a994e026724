import { type AdminAttempt, type DeliveryAttempt, staffMessage } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import type { AnyTransaction } from './any-transaction.ts';

/** Which suppliers were tried for a sale, where the first one did not settle it. */
export function Attempts({ transaction: { id, status, attempts = 1 } }: { transaction: AnyTransaction }) {
  const m = useMessages();
  const may = useMay();
  const { data, error } = useQuery({
    queryKey: ['transaction', id, 'attempts', status],
    queryFn: (): Promise<(DeliveryAttempt | AdminAttempt)[]> =>
      may('listAttempts')
        ? server.operator.call('listAttempts', { params: { id } })
        : server.opentopup.call('listOwnAttempts', { params: { id } }),
    enabled: attempts > 1 || status === 'pending',
  });
  if (error) return <RefusalNote error={error} />;
  if (!data || data.length < 2) return null;
  return (
    <section className="card" aria-label={m.attempts.title}>
      <h2>{m.attempts.title}</h2>
      <ol className="time-line">
        {data.map((attempt) => (
          <li key={attempt.number}>
            <Attempt attempt={attempt} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Attempt({ attempt }: { attempt: DeliveryAttempt | AdminAttempt }) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  const words = useServerWords();
  const { supplier_name, product_name, status, begin_date, reason } = attempt;
  const ofOperator = 'supplier_id' in attempt ? attempt : null;
  const { supplier_message: said, supplier_cost, supplier_currency } = ofOperator ?? {};
  const isCharged = supplier_cost !== undefined && supplier_currency !== undefined;
  const told = [
    product_name,
    reason && staffMessage(reason, language),
    said && m.timeLine.supplierSaid(words(said) ?? said),
    isCharged && m.attempts.charged(f.money(supplier_cost, supplier_currency)),
  ];
  return (
    <>
      <strong>{supplier_name}</strong> <StatusBadge status={status} />
      <time dateTime={begin_date}>{f.moment(begin_date)}</time>
      <p className="hint">{told.filter(Boolean).join(' · ')}</p>
    </>
  );
}
