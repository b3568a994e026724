import { errorBody, type Reason, refuse, ruleOf } from '@opentopup/contract';
import { describe, expect, it } from 'vitest';
import { isOpenTopups, readAnswer } from './answers.ts';

const answerOf = (reason: Reason): Promise<unknown> => {
  const body = errorBody(refuse(reason, { detail: 'SEALING_KEY' }), 'request', null);
  return readAnswer(Response.json(body, { status: ruleOf(reason).status }), 'POST /x').catch((error: unknown) => error);
};

describe('an answer 503', () => {
  it.each<[Reason, { transient: boolean; nothingDone: boolean }]>([
    ['service_unavailable', { transient: true, nothingDone: false }],
    ['over_capacity', { transient: true, nothingDone: true }],
    ['supplier_silent', { transient: true, nothingDone: false }],
    ['not_configured', { transient: false, nothingDone: true }],
  ])('of %s is %j', async (reason, facts) => {
    expect(await answerOf(reason)).toMatchObject({ reason, status: 503, ...facts });
  });
});

it('an OpenTopup is known by any of its refusals', () => {
  expect(isOpenTopups(errorBody(refuse('not_found'), 'request', null))).toBe(true);
  expect(isOpenTopups({ code: 60, message: 'Not Found', description: 'resource not found' })).toBe(false);
});
