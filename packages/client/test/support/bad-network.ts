import type { NetworkFault } from './fault-proxy.ts';

/** Numbers from 0 to 1 that a seed brings back (Lehmer). */
export function randomOf(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What may happen to a request for which somebody waits so long. */
export const networkFaults = (deadline_ms: number): readonly NetworkFault[] => [
  { kind: 'cut', passOn: false },
  { kind: 'cut', passOn: true },
  { kind: 'cut_amid' },
  { kind: 'delay', ms: 2 * deadline_ms },
  { kind: 'slow', ms: 2 * deadline_ms },
  { kind: 'slow', ms: 100 },
  { kind: 'answer', passOn: true, status: 500, body: 'oops' },
  { kind: 'answer', passOn: false, status: 503, body: '' },
  { kind: 'answer', passOn: true, status: 504, body: '<html>gateway timeout</html>' },
  { kind: 'garbage', passOn: true },
  { kind: 'garbage', passOn: false },
];
