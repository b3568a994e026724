import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import { useEffect, useSyncExternalStore } from 'react';
import { queries } from '../server.ts';
import { useMay, useSignedIn } from './session.ts';

/** What of the news changes what a page shows, and which of what was loaded that is. */
const STALE: Record<string, readonly (readonly string[])[]> = {
  transaction: [['transactions', 'list'], ['transaction'], ['stock', 'all']],
  stock: [['stock'], ['alerts'], ['offers'], ['all offers']],
  refill: [['refill orders']],
  preview: [['sale previews']],
  order: [['parked orders'], ['stock'], ['transaction']],
  reversal: [['reversal requests']],
  statement: [['statements']],
  offer: [['stock', 'all'], ['offers'], ['all offers']],
};
const subjectOf = (type: string): string => type.split('.')[0] ?? '';
const TYPES = EVENT_TYPES.filter((type) => subjectOf(type) in STALE);
/** However much happens, pages reload no more often than this. */
const REST_MS = 2_000;
/** What the server has refused is tried again after this. */
const AGAIN_MS = 30_000;

let isLive = false;
const listeners = new Set<() => void>();
function tell(live: boolean): void {
  isLive = live;
  for (const listener of listeners) listener();
}

/** Tells whether news come by themselves. While they do not, pages have to ask. */
export const useIsLive = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLive,
  );

/** Says what has changed at once, and what changes soon after it together. */
function createMarker() {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    if (changed.size === 0) return;
    const keys = new Set([...changed].flatMap((subject) => STALE[subject] ?? []));
    changed.clear();
    // What is under way is not started again: under many sales it would never end.
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
    timer = setTimeout(flush, REST_MS);
  };
  return {
    mark(subjects: readonly string[]): void {
      for (const subject of subjects) changed.add(subject);
      if (timer === undefined) flush();
    },
    end: (): void => clearTimeout(timer),
  };
}

/** Follows the stream until told to end. The browser takes up by itself what a lost connection has cut off. */
function follow(url: string): () => void {
  const marker = createMarker();
  let wasOpen = false;
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener('open', () => {
      tell(true);
      // What happened while nobody listened may never be told.
      if (wasOpen) marker.mark(Object.keys(STALE));
      wasOpen = true;
    });
    opened.addEventListener('error', () => {
      tell(false);
      if (opened.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    });
    for (const type of TYPES) opened.addEventListener(type, () => marker.mark([subjectOf(type)]));
  };
  open();
  return () => {
    source?.close();
    clearTimeout(again);
    marker.end();
    tell(false);
  };
}

/**
 * Keeps what is shown up to date for whoever is signed in. Only while the page is in sight: a browser has few connections
 * to one server, and every page of it would hold one.
 */
export function useLive(): void {
  const isOperator = useMay()('streamAllEvents');
  const { session_id } = useSignedIn();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new session is let in where the one before was not.
  useEffect(() => {
    const path = isOperator ? '/admin/v1/events/stream' : '/v1/events/stream';
    let end: (() => void) | undefined;
    const look = (): void => {
      end?.();
      end = document.hidden ? undefined : follow(`${path}?types=${TYPES.join(',')}`);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      end?.();
    };
  }, [isOperator, session_id]);
}
