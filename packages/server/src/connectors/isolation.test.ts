import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Outcome } from './connector.ts';
import { createIsolation } from './isolation.ts';

const OK: Outcome = { outcome: 'ok' };
const NO_ANSWER: Outcome = { outcome: 'unknown', cause: 'no answer' };
const REFUSED: Outcome = { outcome: 'ko', reason: 'line_barred', message: 'line barred' };
const NEVER_SENT = { outcome: 'ko', reason: 'supplier_unavailable' };

/** An isolation, and what its listener was told. */
function watched() {
  const told: string[] = [];
  const isolation = createIsolation({
    down: (supplier, cause) => told.push(`${supplier} down: ${cause}`),
    up: (supplier) => told.push(`${supplier} up`),
  });
  const run = (outcome: Outcome, supplier = 'a', limit = 100): Promise<Outcome> =>
    isolation.run(supplier, limit, async () => outcome);
  return { isolation, run, told };
}

describe('a supplier', () => {
  it('is told of as down after three failures in a row, once, and as up with its next answer', async () => {
    const { run, told } = watched();
    await run(NO_ANSWER);
    await run(NO_ANSWER);
    expect(told).toEqual([]);
    for (let i = 0; i < 5; i += 1) await run(NO_ANSWER);
    expect(told).toEqual(['a down: no answer']);
    await run(REFUSED);
    expect(told).toEqual(['a down: no answer', 'a up']);
  });

  it('that refuses answers, so it is not down', async () => {
    const { run, told } = watched();
    for (let i = 0; i < 200; i += 1) expect(await run(REFUSED)).toEqual(REFUSED);
    expect(told).toEqual([]);
  });

  it('that has taken an order and is still at it is not down either', async () => {
    const { run, told } = watched();
    const accepted: Outcome = { outcome: 'unknown', cause: 'still at it', is_accepted: true };
    for (let i = 0; i < 200; i += 1) expect(await run(accepted)).toEqual(accepted);
    expect(told).toEqual([]);
  });

  it('that fails again and again is not called any more for a while, which is proof that nothing was delivered', async () => {
    const { isolation } = watched();
    let calls = 0;
    const outcomes: Outcome[] = [];
    for (let i = 0; i < 200; i += 1) {
      const outcome = await isolation.run('a', 100, async () => {
        calls += 1;
        return NO_ANSWER;
      });
      outcomes.push(outcome);
    }
    expect(calls).toBeLessThan(100);
    expect(outcomes.at(-1)).toMatchObject(NEVER_SENT);
    expect(outcomes.filter(({ outcome }) => outcome === 'unknown')).toHaveLength(calls);
  });

  it('that is down is passed over where another may do, but for one call every 5 seconds', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    vi.advanceTimersByTime(60_000);
    const { isolation, run } = watched();
    expect(isolation.obstacle('a', 100)).toBeNull();
    for (let i = 0; i < 3; i += 1) await run(NO_ANSWER);
    expect([isolation.obstacle('a', 100), isolation.obstacle('b', 100)]).toEqual(['supplier_down', null]);
    vi.advanceTimersByTime(5_000);
    expect(isolation.obstacle('a', 100)).toBeNull();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const tried = isolation.run('a', 100, () => promise);
    expect(isolation.obstacle('a', 100)).toBe('supplier_down');
    resolve(OK);
    await tried;
    expect(isolation.obstacle('a', 100)).toBeNull();
  });

  it('in trouble leaves another one alone', async () => {
    const { run, told } = watched();
    for (let i = 0; i < 200; i += 1) await run(NO_ANSWER, 'a');
    expect(await run(OK, 'b')).toEqual(OK);
    expect(told).toEqual(['a down: no answer']);
  });

  it('gets no more calls at once than it may have; one more is never sent', async () => {
    const { isolation } = watched();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const open = Array.from({ length: 3 }, () => isolation.run('a', 3, () => promise));
    await sleep(1);
    expect(isolation.obstacle('a', 3)).toBe('supplier_busy');
    expect(await isolation.run('a', 3, async () => OK)).toMatchObject(NEVER_SENT);
    expect(await isolation.run('b', 3, async () => OK)).toEqual(OK);
    resolve(OK);
    expect(await Promise.all(open)).toEqual([OK, OK, OK]);
    expect(await isolation.run('a', 3, async () => OK)).toEqual(OK);
  });
});
