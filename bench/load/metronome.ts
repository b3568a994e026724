import { Worker } from 'node:worker_threads';

/** What the thread of a metronome is told. */
export interface Beat {
  /** Not 0 once it shall stop. */
  stopped: Int32Array;
  every_ms: number;
}

/**
 * Calls back in a steady rhythm finer than a timer's, which knows only whole milliseconds. A thread of its own sleeps
 * between the beats; nothing spins.
 */
export function startMetronome(every_ms: number, onBeat: () => void): { stop: () => void } {
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  const beat: Beat = { stopped, every_ms };
  const thread = new Worker(new URL('./metronome-thread.ts', import.meta.url), { workerData: beat });
  thread.on('message', onBeat);
  return {
    stop: () => {
      thread.off('message', onBeat);
      Atomics.store(stopped, 0, 1);
      Atomics.notify(stopped, 0);
    },
  };
}
