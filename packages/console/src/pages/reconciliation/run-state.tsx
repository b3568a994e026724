import type { Reconciliation } from '@opentopup/contract';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';

/** How a reconciliation stands: all agree, or how many differences there are. */
export function RunState({ run: { status, agrees, differences } }: { run: Reconciliation }) {
  const b = useBooksMessages();
  const f = useFormats();
  if (status === 'running') return <span className="badge badge-pending">{b.runs.running}</span>;
  if (status === 'failed') return <span className="badge badge-ko">{b.runs.failed}</span>;
  if (agrees) return <span className="badge badge-ok">{b.runs.agrees}</span>;
  return <span className="badge badge-ko">{b.runs.differences(f.number(differences), differences)}</span>;
}
