import type { Reason } from '@opentopup/contract';
import { expect, it } from 'vitest';
import { AnswerError } from '../errors.ts';
import { exactly } from './explain.ts';
import { localeOf } from './locale.ts';

it('tells until when a time is closed, or when it is over, in the language and time of whoever reads', () => {
  const told = (tag: string, reason: Reason, description: string): string =>
    exactly(new AnswerError('', true, { status: 409, reason, description }), localeOf(tag));
  const at = '2026-12-01T00:00:00Z';
  const over = `a statement can be closed once its time is over: at ${at}`;
  expect(told('fr-FR', 'period_not_over', over)).toBe(`Elle se termine le ${localeOf('fr-FR').date(at)}.`);
  expect(told('en-GB', 'period_not_over', over)).toBe(`It is over at ${localeOf('en-GB').date(at)}.`);
  const closed = `the statements up to ${at} are closed, and none ends with this day`;
  expect(told('fr-FR', 'period_closed', closed)).toBe(`Close jusqu’au ${localeOf('fr-FR').date(at)}.`);
  expect(told('en-GB', 'period_closed', closed)).toBe(`Closed up to ${localeOf('en-GB').date(at)}.`);
});
