import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from './progress.rules.ts';
import { untilDone } from './until-done.ts';

/** Work that is done again and again while the server runs. Safe to run in several processes at once. */
export interface Job {
  name: string;
  every_ms: number;
  /** Takes one step: where it leaves more, the next follows at once. What it throws is reported, and ends the round only. */
  run: (signal: AbortSignal) => Promise<Progress>;
}

export interface RunningJobs {
  /** No further rounds; waits for those under way. */
  stop: () => Promise<void>;
}

/**
 * Runs each job at once and then in its rhythm, counted from the end of a round, so that a slow one never overlaps itself.
 * @param onError told when a round fails
 */
export function startJobs(jobs: readonly Job[], onError: (job: string, error: unknown) => void): RunningJobs {
  const stopping = new AbortController();
  const { signal } = stopping;

  const keepRunning = async ({ name, every_ms, run }: Job): Promise<void> => {
    while (!signal.aborted) {
      try {
        await untilDone(() => run(signal), signal);
      } catch (error) {
        if (!signal.aborted) onError(name, error);
      }
      await sleep(every_ms, undefined, { signal }).catch(() => {});
    }
  };

  const running = jobs.map(keepRunning);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
