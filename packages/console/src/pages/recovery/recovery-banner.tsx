import { Link } from 'react-router';
import { useBooksMessages } from '../../language/books.ts';
import { useRecovery } from './use-recovery.ts';

/** Says on every page of the operator that nothing is sold live, for as long as that is so. */
export function RecoveryBanner() {
  const b = useBooksMessages();
  const { data } = useRecovery();
  if (data?.status !== 'open') return null;
  return (
    <p className="away" role="status">
      {b.recovery.closed}. <Link to="/month-end/recovery">{b.parts.recovery}</Link>
    </p>
  );
}
