import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askSupplier, callSupplier } from './call.ts';
import type { Connector, Outcome, Recharge } from './connector.ts';

const RECHARGE: Recharge = {
  reference: '01890000-0000-7000-8000-000000000001',
  line: { kind: 'msisdn', e164: '+33684587587', national: '0684587587' },
  product: { id: '01890000-0000-7000-8000-000000000002', supplier_reference: null, settings: {} },
  supplier: { id: '01890000-0000-7000-8000-000000000003', settings: {}, secrets: {} },
};
const LONG_MS = 60_000;
/** Far above what an answer at once takes, far below LONG_MS. */
const SOON_MS = 5_000;

type Answer = Connector['recharge'];
const silent: Answer = () => new Promise<Outcome>(() => {});
const running = (): AbortSignal => new AbortController().signal;
const call = (recharge: Answer, deadline_ms = LONG_MS, stopping = running()): Promise<Outcome> =>
  callSupplier({ recharge }, RECHARGE, deadline_ms, stopping);

describe('a call of a supplier', () => {
  it.each<Outcome>([
    { outcome: 'ok' },
    { outcome: 'ok', supplier_reference: 'R-1' },
    { outcome: 'ko', reason: 'line_barred', message: 'line barred' },
    { outcome: 'unknown', cause: 'connection reset' },
  ])('comes to what the connector says: %j', async (outcome) => {
    expect(await call(async () => outcome)).toEqual(outcome);
  });

  it('gives the connector the recharge, once', async () => {
    const seen: Recharge[] = [];
    await call(async (recharge) => {
      seen.push(recharge);
      return { outcome: 'ok' };
    });
    expect(seen).toEqual([RECHARGE]);
  });

  it('without an answer is unknown at the deadline, not earlier, and the connector is told to give up', async () => {
    const signals: AbortSignal[] = [];
    const begun = performance.now();
    const outcome = await call((_, signal) => {
      signals.push(signal);
      return silent(RECHARGE, signal);
    }, 200);
    const took_ms = performance.now() - begun;

    expect(outcome).toEqual({ outcome: 'unknown', cause: 'no answer within 200 ms' });
    // A timer may fire a fraction of a millisecond early by this clock.
    expect(took_ms).toBeGreaterThanOrEqual(198);
    expect(took_ms).toBeLessThan(SOON_MS);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('answered before the deadline is not given up', async () => {
    const signals: AbortSignal[] = [];
    const outcome = await call(async (_, signal) => {
      signals.push(signal);
      await sleep(50);
      return { outcome: 'ok' };
    }, 300);
    expect(outcome).toEqual({ outcome: 'ok' });
    await sleep(350);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it.each<[string, Answer]>([
    [
      'fails',
      async () => {
        throw new TypeError('connection reset by +33684587587');
      },
    ],
    [
      'fails before it promises anything',
      () => {
        throw new TypeError('connection reset by +33684587587');
      },
    ],
    [
      'fails later',
      async () => {
        await sleep(20);
        throw new TypeError('connection reset by +33684587587');
      },
    ],
  ])('whose connector %s is unknown, and tells the kind of failure but not its text', async (_, answer) => {
    expect(await call(answer)).toEqual({ outcome: 'unknown', cause: 'the connector failed: TypeError' });
  });

  it.each([undefined, null, 'text', 7, {}])('whose connector throws %j is unknown', async (thrown) => {
    const throwIt = (): never => {
      throw thrown;
    };
    expect(await call(throwIt)).toMatchObject({ outcome: 'unknown' });
    expect(await call(async () => throwIt())).toMatchObject({ outcome: 'unknown' });
  });

  it('still open when the server stops is unknown at once, and the connector is told to give up', async () => {
    const stopping = new AbortController();
    const signals: AbortSignal[] = [];
    const begun = performance.now();
    const open = call(
      (_, signal) => {
        signals.push(signal);
        return silent(RECHARGE, signal);
      },
      LONG_MS,
      stopping.signal,
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    stopping.abort();

    expect(await open).toEqual({ outcome: 'unknown', cause: 'no answer before the server stopped' });
    expect(performance.now() - begun).toBeLessThan(SOON_MS);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('that would begin when the server has stopped waiting is never sent, so nothing was delivered', async () => {
    let sent = false;
    const late: Answer = async () => {
      sent = true;
      return { outcome: 'ok' };
    };
    expect(await call(late, LONG_MS, AbortSignal.abort())).toMatchObject({
      outcome: 'ko',
      reason: 'supplier_unavailable',
    });
    expect(sent).toBe(false);
  });

  it('leaves nothing behind on the signal that all calls share', async () => {
    const { signal } = new AbortController();
    await call(async () => ({ outcome: 'ok' }), LONG_MS, signal);
    await call(silent, 10, signal);
    await call(() => Promise.reject(new Error('down')), LONG_MS, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('keeps the words of a supplier fit to be stored: no control characters, not too long', async () => {
    const message = `no\u0000credit\n${'x'.repeat(5_000)}`;
    const outcome = await call(async () => ({ outcome: 'ko', reason: 'supplier_refused', message }));
    expect(outcome).toEqual({
      outcome: 'ko',
      reason: 'supplier_refused',
      message: `no credit ${'x'.repeat(490)}`,
    });
    const reference = await call(async () => ({ outcome: 'ok', supplier_reference: 'R\u0000\ud83d' }));
    expect(reference).toEqual({ outcome: 'ok', supplier_reference: 'R \ufffd' });
  });

  it('keeps lists as they are, and mends the words in them', async () => {
    const answer = { outcome: 'answered', answer: { buckets: [{ name: 'Data\u0000', left: 7.5 }, null], at: [] } };
    expect(await askSupplier(async () => answer, LONG_MS, running())).toEqual({
      outcome: 'answered',
      answer: { buckets: [{ name: 'Data ', left: 7.5 }, null], at: [] },
    });
  });

  it('keeps the words of a supplier well-formed, also where it cuts them', async () => {
    const message = `${'x'.repeat(499)}😀😀`;
    const outcome = await call(async () => ({ outcome: 'ko', reason: 'supplier_refused', message }));
    const kept = outcome.outcome === 'ko' ? outcome.message : '';
    expect(kept.length).toBeGreaterThanOrEqual(499);
    expect(kept.isWellFormed()).toBe(true);
  });
});

describe('what a connector does after it was given up', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  beforeEach(() => {
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
  });

  it.each<[string, Answer]>([
    [
      'an answer',
      async () => {
        await sleep(100);
        return { outcome: 'ok' };
      },
    ],
    [
      'a failure',
      async () => {
        await sleep(100);
        throw new Error('late');
      },
    ],
  ])('changes nothing: %s that comes too late', async (_, answer) => {
    expect(await call(answer, 20)).toEqual({ outcome: 'unknown', cause: 'no answer within 20 ms' });
    await sleep(150);
    expect(unhandled).toEqual([]);
  });
});
