import type { Job } from '../jobs/runner.ts';

const EVERY_MS = 3_000;

/** Writes down what this process has counted for the overview. */
export const statisticsJob = (write: () => Promise<void>): Job => ({
  name: 'statistics',
  every_ms: EVERY_MS,
  run: write,
});
