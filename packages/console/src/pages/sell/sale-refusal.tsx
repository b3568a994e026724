import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { RefusalNote, reasonIn } from '../../parts/refusal-note.tsx';
import { useMay } from '../../session/session.ts';

/** Says why nothing was sold; where a key is missing, it leads whoever may set one to it. */
export function SaleRefusal({ error }: { error: unknown }) {
  const m = useMessages();
  const may = useMay();
  return (
    <>
      <RefusalNote error={error} />
      {reasonIn(error) === 'missing_key' && may('setDistributorKey') && (
        <p>
          <Link to="/settings/key">{m.settings.key}</Link>
        </p>
      )}
    </>
  );
}
