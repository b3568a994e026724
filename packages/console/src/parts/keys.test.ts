import { describe, expect, it, vi } from 'vitest';
import { Keys } from './keys.ts';

describe('keys', () => {
  const told: string[] = [];
  const make = (at?: number): Keys =>
    new Keys(
      (key) => told.push(`pressed ${key}`),
      (code) => told.push(`scanned ${code}`),
      at,
    );
  /** Types at these moments, and tells which keys must do nothing of their own. */
  const type = (keys: Keys, typed: readonly [key: string, at: number][]): boolean[] =>
    typed.map(([key, timeStamp]) => keys.take({ key, timeStamp } as KeyboardEvent));

  it('of a person stand by themselves, and so does their Enter', () => {
    vi.useFakeTimers();
    told.length = 0;
    const keys = make();
    expect(type(keys, [['1', 1_000]])).toEqual([false]);
    vi.advanceTimersByTime(60);
    expect(type(keys, [['Enter', 1_060]])).toEqual([false]);
    vi.advanceTimersByTime(60);
    expect(told).toEqual(['pressed 1']);
    vi.useRealTimers();
  });

  it('of a scanner are one code, whose Enter counts for nothing else', () => {
    vi.useFakeTimers();
    told.length = 0;
    expect(
      type(make(), [
        ['0', 0],
        ['6', 20],
        ['8', 79],
        ['Enter', 80],
      ]),
    ).toEqual([false, true, true, true]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['scanned 068']);
    vi.useRealTimers();
  });

  it('that end a code when a question opens do not answer it', () => {
    expect(
      type(make(500), [
        ['Enter', 510],
        ['Enter', 700],
      ]),
    ).toEqual([true, false]);
  });
});
