import type { TransactionStatus } from '@opentopup/contract';
import { useMessages } from '../language/language.ts';

export function StatusBadge({ status }: { status: TransactionStatus }) {
  const m = useMessages();
  return <span className={`badge badge-${status}`}>{m.status[status]}</span>;
}
