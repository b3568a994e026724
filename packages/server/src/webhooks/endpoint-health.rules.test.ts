import { describe, expect, it } from 'vitest';
import { type AttemptResult, healthAfter } from './endpoint-health.rules.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const before = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);
const result = (given: Partial<AttemptResult>): AttemptResult => ({
  at: before(1),
  first_at: before(1),
  status: 'pending',
  answered: 500,
  rest_until: null,
  ...given,
});
const DELIVERED = result({ status: 'delivered', answered: 200 });
const WELL = { failures: 0, failing_since: null };

describe('an endpoint', () => {
  it('that takes something is well, whatever it refuses beside', () => {
    const failing = { failures: 7, failing_since: before(9_999) };
    expect(healthAfter(failing, [result({ status: 'dead' }), DELIVERED], NOW, 0)).toEqual({
      ...WELL,
      rest_until: null,
      pause_reason: null,
    });
  });

  it('that takes nothing is left alone, since it first failed', () => {
    const first = healthAfter(WELL, [result({ at: before(3) }), result({})], NOW, 0);
    expect(first).toEqual({ failures: 1, failing_since: before(3), rest_until: before(-1), pause_reason: null });
    expect(healthAfter(first, [result({})], NOW, 0)).toEqual({ ...first, failures: 2, rest_until: before(-2) });
  });

  it('that was told nothing is as it was', () => {
    const failing = { failures: 7, failing_since: before(9_999) };
    expect(healthAfter(failing, [], NOW, 0)).toEqual({ ...failing, rest_until: null, pause_reason: null });
  });

  it('is paused when an event is given up that nothing was delivered since', () => {
    const given = result({ status: 'dead', first_at: before(100) });
    expect(healthAfter({ failures: 9, failing_since: before(100) }, [given], NOW, 0).pause_reason).toBe('failing');
    // Something was delivered after that event was first sent: it is the event, not the endpoint.
    expect(healthAfter({ failures: 9, failing_since: before(50) }, [given], NOW, 0).pause_reason).toBeNull();
  });

  it('is paused when it says that it is gone, though it took something just before', () => {
    expect(healthAfter(WELL, [result({ answered: 410 })], NOW, 0).pause_reason).toBe('gone');
    expect(healthAfter(WELL, [DELIVERED, result({ answered: 410 })], NOW, 0).pause_reason).toBe('gone');
  });

  it('that asks to be left alone is, for as long as it asks', () => {
    const asking = [result({ rest_until: before(-90) }), result({ rest_until: before(-600) })];
    expect(healthAfter(WELL, asking, NOW, 0).rest_until).toEqual(before(-600));
    expect(healthAfter(WELL, [DELIVERED, ...asking], NOW, 0).rest_until).toEqual(before(-600));
  });
});
