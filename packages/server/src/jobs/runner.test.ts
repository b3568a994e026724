import { expect, it } from 'vitest';
import type { Progress } from './progress.rules.ts';
import { startJobs } from './runner.ts';

const LONG_MS = 3_600_000;

it('takes the next step of a job at once as long as one leaves more, and rests then', async () => {
  const left: Progress[] = ['more', 'more', 'done', 'done'];
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async (): Promise<Progress> => {
    const progress = left.shift() as Progress;
    if (progress === 'done') resolve();
    return progress;
  };
  const jobs = startJobs([{ name: 'steps', every_ms: LONG_MS, run }], () => {});
  await promise;
  await jobs.stop();
  expect(left).toEqual(['done']);
});

it('reports a step that fails, and takes the next one in the rhythm of the job', async () => {
  const failed: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async (): Promise<Progress> => {
    if (failed.length === 0) throw new Error('once');
    resolve();
    return 'done';
  };
  const jobs = startJobs([{ name: 'failing', every_ms: 1, run }], (job) => failed.push(job));
  await promise;
  await jobs.stop();
  expect(failed).toEqual(['failing']);
});

it('takes no further step once it is stopped, though there is more', async () => {
  let steps = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async (): Promise<Progress> => {
    steps += 1;
    resolve();
    return 'more';
  };
  const jobs = startJobs([{ name: 'endless', every_ms: LONG_MS, run }], () => {});
  await promise;
  await jobs.stop();
  const before = steps;
  await new Promise((resume) => setImmediate(resume));
  expect(steps).toBe(before);
});
