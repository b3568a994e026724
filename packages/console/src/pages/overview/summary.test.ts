import { expect, it } from 'vitest';
import { summaryOf } from './summary.ts';

it('sales are counted by the hour, and refusals by their reason', () => {
  const since = new Date('2026-11-24T10:30:00Z');
  const sale = (creation_date: string, status: 'ok' | 'ko' | 'pending', reason?: 'line_barred' | 'line_unknown') => ({
    creation_date,
    status,
    reason,
  });
  const sales = [
    sale('2026-11-24T12:10:00Z', 'ok'),
    sale('2026-11-24T12:05:00Z', 'ko', 'line_barred'),
    sale('2026-11-24T12:04:00Z', 'ko', 'line_barred'),
    sale('2026-11-24T12:03:00Z', 'ko', 'line_unknown'),
    sale('2026-11-24T10:31:00Z', 'pending'),
  ];
  const { steps, ok, ko, pending, reasons } = summaryOf(sales, since, 'day');
  expect([ok, ko, pending]).toEqual([1, 3, 1]);
  expect(steps.map(({ at, ...counts }) => [new Date(at * 1_000).toISOString().slice(11, 13), counts])).toEqual([
    ['10', { ok: 0, ko: 0 }],
    ['11', { ok: 0, ko: 0 }],
    ['12', { ok: 1, ko: 3 }],
  ]);
  expect(reasons).toEqual([
    ['line_barred', 2],
    ['line_unknown', 1],
  ]);
});
