import type { TransactionStatus } from '@opentopup/contract';
import { useMessages } from '../language/language.ts';

interface Standing {
  status: TransactionStatus;
  /** There where it was sold and taken back: it did not fail. */
  reversal?: object;
}

export function StatusBadge({ status, reversal }: Standing) {
  const m = useMessages();
  return <span className={`badge badge-${status}`}>{reversal ? m.reversal.reversed : m.status[status]}</span>;
}
