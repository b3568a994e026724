import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { batched, OverCapacity } from './batch.ts';

describe('a request that waits for its batch', () => {
  it('is refused when its time is over before the batch begins, and those after it are served', async () => {
    const { promise: stuck, resolve: goOn } = Promise.withResolvers<void>();
    const served: number[][] = [];
    const serve = batched<number, number>({
      run: async (items) => {
        served.push(items);
        if (served.length === 1) await stuck;
        return items;
      },
      maxSize: 10,
      maxInFlight: 1,
      maxQueued: 10,
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
