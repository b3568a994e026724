import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useMessages } from '../language/language.ts';

/** Says that the server does not answer, for as long as that is so. */
export function AwayBanner() {
  const m = useMessages();
  const isHere = useSyncExternalStore(
    (tell) => onlineManager.subscribe(tell),
    () => onlineManager.isOnline(),
  );
  return (
    <div role="status" className="away-place">
      {!isHere && <p className="away">{m.away}</p>}
    </div>
  );
}
