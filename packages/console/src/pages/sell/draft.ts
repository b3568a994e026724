import type { TransactionCreation } from '@opentopup/contract';
import { useCallback, useState } from 'react';
import { useSignedIn } from '../../session/session.ts';

/** An order as it is sent, and the key that makes sending it again harmless. */
export interface KeyedOrder {
  key: string;
  body: TransactionCreation;
  /** It has left, perhaps: what became of it has to be found out before anything else. */
  isSent: boolean;
  /** When it left first, in milliseconds since 1970. */
  sentAt?: number;
}

/** The server keeps keys for a day: well within it, sending again repeats the request; later it could repeat the sale. */
const KEY_COUNTS_MS = 20 * 3_600_000;

/** Sent, and too long ago to be sent again: a person has to look what became of it. */
export const isOld = ({ isSent, sentAt = 0 }: KeyedOrder): boolean => isSent && Date.now() - sentAt > KEY_COUNTS_MS;

/** What is being sold. It outlives a reload, a lost connection and the end of a session, until there is an answer. */
export interface Draft {
  line: string;
  reference: string;
  /** Nothing is to be sold where the number is in another network. */
  check_network: boolean;
  order: KeyedOrder | null;
}

const NOTHING: Draft = { line: '', reference: '', check_network: false, order: null };

function kept(name: string): Draft {
  try {
    return { ...NOTHING, ...(JSON.parse(sessionStorage.getItem(name) ?? '{}') as Partial<Draft>) };
  } catch {
    return NOTHING;
  }
}

/** The draft of who is signed in, in this tab. A change is kept before anything else happens. */
export function useDraft(): [Draft, (change: Partial<Draft>) => void, () => void] {
  const name = `opentopup.draft.${useSignedIn().id}`;
  const [draft, setDraft] = useState(() => kept(name));
  const keep = useCallback(
    (change: Partial<Draft>) => {
      const next = { ...kept(name), ...change };
      sessionStorage.setItem(name, JSON.stringify(next));
      setDraft(next);
    },
    [name],
  );
  const clear = useCallback(() => {
    sessionStorage.removeItem(name);
    setDraft(NOTHING);
  }, [name]);
  return [draft, keep, clear];
}
