import type { serverWords } from '@opentopup/contract/messages/server-words';
import { useEffect, useSyncExternalStore } from 'react';
import { load } from '../server.ts';
import { useLanguage } from './language.ts';

/** They come once something is said in them: most sales are made without. */
let words: typeof serverWords | undefined;
const listeners = new Set<() => void>();

async function loadWords(): Promise<void> {
  ({ serverWords: words } = await load(() => import('@opentopup/contract/messages/server-words')));
  for (const tell of listeners) tell();
}

const useWords = () =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => words,
  );

/** Gives words of the server in the language chosen; none as long as they have not come. */
export function useServerWords(): (text: string) => string | null {
  const language = useLanguage();
  const known = useWords();
  const areWanted = language !== 'en' && known === undefined;
  useEffect(() => {
    if (areWanted) void loadWords().catch(() => undefined);
  }, [areWanted]);
  return (text) => (language === 'en' ? text : (known?.(text, language) ?? null));
}
