import type { Recovery } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { useServerWords } from '../../language/server-words.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { recoveryChanged } from './use-recovery.ts';

const BADGES = {
  done: 'badge badge-ok',
  running: 'badge badge-pending',
  failed: 'badge badge-ko',
  not_covered: 'badge badge-ko',
} as const;

/** What each supplier was asked, and of which time it tells nothing. */
export function SearchedSuppliers({ recovery: { since, status, suppliers } }: { recovery: Recovery }) {
  const b = useBooksMessages();
  const may = useMay();
  const again = useMutation({
    mutationFn: () => server.operator.call('beginRecovery', { body: { since } }),
    onSuccess: recoveryChanged,
  });
  const isRunning = suppliers.some((each) => each.status === 'running');
  return (
    <section className="card" aria-label={b.recovery.suppliers}>
      <h2>{b.recovery.suppliers}</h2>
      {suppliers.length === 0 && <p className="hint">{b.recovery.noSuppliers}</p>}
      <ul className="plain">
        {suppliers.map((supplier) => (
          <Searched key={supplier.supplier_id} supplier={supplier} since={since} isOpen={status === 'open'} />
        ))}
      </ul>
      {isRunning && <progress aria-label={b.recovery.statuses.running} />}
      <RefusalNote error={again.error} />
      {status === 'open' && may('beginRecovery') && (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={again.isPending || isRunning}
            onClick={() => again.mutate()}
          >
            {b.recovery.askAgain}
          </button>
        </div>
      )}
    </section>
  );
}

interface Props {
  supplier: Recovery['suppliers'][number];
  since: string;
  isOpen: boolean;
}

function Searched({ supplier, since, isOpen }: Props) {
  const b = useBooksMessages();
  const f = useFormats();
  const words = useServerWords();
  const may = useMay();
  const { supplier_id, supplier_name, status, cause, listed_from, listed_before } = supplier;
  const isWhole = status === 'done' && listed_from === undefined && listed_before === undefined;
  return (
    <li className="entry">
      <span>
        <strong>{supplier_name}</strong>
        {status === 'not_covered' && <span className="hint">{b.recovery.notCovered}</span>}
        {cause && <span className="hint">{words(cause) ?? cause}</span>}
        {listed_from && <span className="hint">{b.recovery.listedFrom(f.moment(listed_from))}</span>}
        {listed_before && <span className="hint">{b.recovery.listedBefore(f.moment(listed_before))}</span>}
        {!isWhole && status !== 'running' && isOpen && may('compareBooksFile') && (
          <Link to={`/month-end/file?supplier=${supplier_id}&from=${since.slice(0, 10)}`}>
            {b.recovery.compareFile}
          </Link>
        )}
      </span>
      <span className={BADGES[status]}>{b.recovery.statuses[status]}</span>
    </li>
  );
}
