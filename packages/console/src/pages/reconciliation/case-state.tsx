import type { ReconciliationCase } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';

/** Whether somebody has to do something about a difference. */
export function CaseState({ found: { status, gone_date } }: { found: ReconciliationCase }) {
  const b = useBooksMessages();
  if (status === 'closed') return <span className="badge badge-ok">{b.cases.statuses.closed}</span>;
  return <span className="badge badge-pending">{gone_date === undefined ? b.cases.statuses.open : b.cases.gone}</span>;
}
