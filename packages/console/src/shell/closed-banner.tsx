import { useMessages } from '../language/language.ts';
import { useSalesClosed } from '../session/session.ts';

/** Says to people of a distributor that nothing is sold live, for as long as that is so. */
export function ClosedBanner() {
  const m = useMessages();
  return (
    <div role="status" className="away-place">
      {useSalesClosed() && <p className="away">{m.salesClosed}</p>}
    </div>
  );
}
