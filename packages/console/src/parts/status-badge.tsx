import type { TransactionStatus } from '@opentopup/contract';
import type { ConsoleMessages } from '../language/fr.ts';
import { useMessages } from '../language/language.ts';

interface Standing {
  status: TransactionStatus;
  /** There where it was sold and taken back: it did not fail. */
  reversal?: object;
}

/** Returns the word for how a sale stands. */
export const statusWord = (m: ConsoleMessages, { status, reversal }: Standing): string =>
  reversal ? m.reversal.reversed : m.status[status];

export function StatusBadge(standing: Standing) {
  const m = useMessages();
  return <span className={`badge badge-${standing.status}`}>{statusWord(m, standing)}</span>;
}
