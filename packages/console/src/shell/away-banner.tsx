import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useMessages } from '../language/language.ts';
import { lookNow } from '../server.ts';

/** Tells whether the server answers. */
export const useIsHere = (): boolean =>
  useSyncExternalStore(
    (tell) => onlineManager.subscribe(tell),
    () => onlineManager.isOnline(),
  );

/** Tells whether this device has a network, as far as it knows. */
const useHasNetwork = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      addEventListener('online', tell);
      addEventListener('offline', tell);
      return () => {
        removeEventListener('online', tell);
        removeEventListener('offline', tell);
      };
    },
    () => navigator.onLine,
  );

/** What is wrong while the server does not answer, and how to look again. */
function Away() {
  const m = useMessages();
  return (
    <div className="away">
      <p>{useHasNetwork() ? m.away : m.offline}</p>
      <button type="button" className="link" onClick={lookNow}>
        {m.lookAgain}
      </button>
    </div>
  );
}

/** Says that the server does not answer, for as long as that is so: where one looks, over whatever is open. */
export const AwayBanner = () => (
  <div role="status" className="away-place away-over">
    {!useIsHere() && <Away />}
  </div>
);
