import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type BatchOptions, batched, OverCapacity } from './batch.ts';

/** Room for ten, time for all, and no waiting for company. */
const PLAIN: Omit<BatchOptions<number, number>, 'run'> = {
  maxSize: 10,
  maxInFlight: 1,
  leastBeside: 1,
  worthwhile: 1,
  gather_ms: 0,
  maxQueued: 10,
  maxWait_ms: 60_000,
};

describe('a request that waits for its batch', () => {
  it('is refused when its time is over before the batch begins, and those after it are served', async () => {
    const { promise: stuck, resolve: goOn } = Promise.withResolvers<void>();
    const served: number[][] = [];
    const serve = batched<number, number>({
      ...PLAIN,
      run: async (items) => {
        served.push(items);
        if (served.length === 1) await stuck;
        return items;
      },
      maxWait_ms: 100,
    });
    const first = serve(1);
    await sleep(10);
    const late = serve(2).catch((error: unknown) => error);
    await sleep(150);
    const intime = serve(3);
    goOn();
    expect(await Promise.all([first, intime])).toEqual([1, 3]);
    expect(await late).toBeInstanceOf(OverCapacity);
    expect(served).toEqual([[1], [3]]);
  });
});

describe('batches beside each other', () => {
  it('are begun when enough requests wait for a second one, and not before', async () => {
    const { promise: stuck, resolve: goOn } = Promise.withResolvers<void>();
    const served: number[][] = [];
    const serve = batched<number, number>({
      ...PLAIN,
      run: async (items) => {
        served.push(items);
        await stuck;
        return items;
      },
      maxInFlight: 2,
      leastBeside: 3,
    });
    const answers = [serve(1)];
    await sleep(0);
    answers.push(serve(2), serve(3));
    await sleep(0);
    expect(served).toEqual([[1]]);
    answers.push(serve(4));
    await sleep(0);
    expect(served).toEqual([[1], [2, 3, 4]]);
    answers.push(serve(5), serve(6), serve(7));
    await sleep(0);
    expect(served).toHaveLength(2);
    goOn();
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(served[2]).toEqual([5, 6, 7]);
  });
});

describe('few requests', () => {
  it('wait a little for more when they come in company, and not at all when they come alone', async () => {
    const served: number[][] = [];
    const serve = batched<number, number>({
      ...PLAIN,
      run: async (items) => {
        served.push(items);
        return items;
      },
      leastBeside: 10,
      worthwhile: 3,
      gather_ms: 500,
    });
    await Promise.all([serve(1), serve(2)]);
    const few = [serve(3), serve(4)];
    await sleep(10);
    expect(served).toEqual([[1, 2]]);
    await Promise.all([...few, serve(5)]);
    expect(served).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    const begun_ms = performance.now();
    await serve(6);
    expect(performance.now() - begun_ms).toBeGreaterThan(400);
    await serve(7);
    await serve(8);
    expect(performance.now() - begun_ms).toBeLessThan(900);
    expect(served.slice(2)).toEqual([[6], [7], [8]]);
  });
});
