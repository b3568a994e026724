import { parentPort, workerData } from 'node:worker_threads';
import type { Beat } from './metronome.ts';

const { stopped, every_ms } = workerData as Beat;
let next = performance.now();
while (Atomics.load(stopped, 0) === 0) {
  next += every_ms;
  Atomics.wait(stopped, 0, 0, Math.max(0, next - performance.now()));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- It is a thread's port, not a window.
  parentPort?.postMessage(null);
}
