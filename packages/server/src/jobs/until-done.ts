import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from './progress.rules.ts';

/**
 * Takes one step after the other until one says that it was the last, or the server stops.
 * @param rest so many times as long as a step took is rested after it, so that sales have most of the database
 */
export async function untilDone(step: () => Promise<Progress>, signal: AbortSignal, rest = 0): Promise<Progress> {
  while (!signal.aborted) {
    const began_ms = performance.now();
    if ((await step()) === 'done') return 'done';
    if (rest > 0) await sleep(rest * (performance.now() - began_ms), undefined, { signal }).catch(() => {});
  }
  return 'more';
}
