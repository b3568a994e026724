import { Link, useRouteError } from 'react-router';
import { useMessages } from '../language/language.ts';
import { PageFrame } from '../parts/page-frame.tsx';

/** No such page, or one that failed. */
export function ErrorPage() {
  const m = useMessages();
  const error = useRouteError();
  return (
    <PageFrame title={error ? m.pageFailed : m.noSuchPage}>
      {error ? (
        <button type="button" className="button" onClick={() => location.reload()}>
          {m.reload}
        </button>
      ) : (
        <Link to="/">{m.toStart}</Link>
      )}
    </PageFrame>
  );
}
