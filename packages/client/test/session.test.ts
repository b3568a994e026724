import { AnswerError } from '@opentopup/client';
import { Session } from '@opentopup/client/session';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

let program: DemoProgram;
let session: Session;
beforeAll(async () => {
  program = await startDemoProgram();
  session = new Session({ baseUrl: program.baseUrl, fetch: browserFetch() });
});
afterAll(() => program.stop());

/** A `fetch` that keeps its cookie, as that of a browser does. */
function browserFetch(): typeof fetch {
  let cookie = '';
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
}

it('of a seller sells and reads, and does nothing that its role may not', async () => {
  const { id, permissions } = await session.account.call('signIn', { body: program.seller });
  expect(permissions).toContain('createTransaction');
  const order = { offer_id: program.offer('msisdn'), parameters: { msisdn: '0684587587' }, user_id: id };
  const sold = await session.topups.create(order);
  expect(sold).toMatchObject({ status: 'ok', transaction: { user_id: id } });
  expect(await session.operations.call('getDistributorTransactionCount', { query: { user: id } })).toEqual({
    count: 1,
  });
  await expect(session.opentopup.call('changeSettings', { body: {} })).rejects.toMatchObject({
    reason: 'access_denied',
  });
  await expect(session.operator.call('listAccounts')).rejects.toMatchObject({ reason: 'access_denied' });

  expect(await session.account.call('signOut')).toEqual({ ended: 1 });
  const after = session.account.call('getSession');
  await expect(after).rejects.toBeInstanceOf(AnswerError);
  await expect(after).rejects.toMatchObject({ status: 401 });
});
