import { serverWords } from '@opentopup/contract/messages/server-words';
import { useLanguage } from './language.ts';

/** Gives words of the server in the language chosen. */
export function useServerWords(): (text: string) => string | null {
  const language = useLanguage();
  return (text) => serverWords(text, language);
}
