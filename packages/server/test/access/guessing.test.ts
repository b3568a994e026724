import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type Browser, linkToken, openBrowser, type Person } from '../support/browser.ts';
import { type RawCaller, rawCallerWith } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { codeAt, elsewhere, said, staffOf } from '../support/staff.ts';

const SESSION = '/accounts/v1/session';

describe.each(ENGINES)('whoever guesses on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: RawCaller;
  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY, TRUSTED_PROXY: 'loopback', LOG_LEVEL: 'warn' });
    operator = rawCallerWith(server, world.demo.admin_token);
  });
  afterAll(() => world.remove());
  const { hire, enter, knock } = staffOf(() => ({ server, demo: world.demo }));

  describe('a second factor', () => {
    it('cannot be guessed by somebody who is signed in and knows the password', async () => {
      const person = await hire('seller');
      const browser = await enter(person);
      const { secret } = (await browser.post('/accounts/v1/factor', { password: person.password })).body;
      await browser.post('/accounts/v1/factor/confirmations', { code: codeAt(secret, 0) });
      const guesses: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        const guess = { password: person.password, code: `00000${i}` };
        guesses.push((await browser.post('/accounts/v1/factor/removals', guess)).status);
      }
      expect(guesses).toEqual([400, 400, 400, 400, 400, 429]);
    });

    it.each<[string, (browser: Browser, person: Person) => Promise<Answer>]>([
      [
        'a change of the password',
        (browser, { password }) => browser.post('/accounts/v1/password', { password, new_password: password }),
      ],
      ['a new factor that is begun', (browser, { password }) => browser.post('/accounts/v1/factor', { password })],
      [
        'a sign-in that is not finished',
        (_, { email, password }) => openBrowser(server).post(SESSION, { email, password }),
      ],
    ])('cannot be guessed on after %s', async (_, meanwhile) => {
      const person = await hire('seller');
      const browser = await enter(person, {});
      const { secret } = (await browser.post('/accounts/v1/factor', { password: person.password })).body;
      await browser.post('/accounts/v1/factor/confirmations', { code: codeAt(secret, 0) });
      const guesses: number[] = [];
      for (let i = 0; i < 7; i += 1) {
        const guess = { password: person.password, code: `00000${i}` };
        guesses.push((await browser.post('/accounts/v1/factor/removals', guess)).status);
        await meanwhile(browser, person);
      }
      expect(guesses).toEqual([400, 400, 400, 400, 400, 429, 429]);
    });

    it('that is asked for counts as no wrong attempt, and forgives none', async () => {
      const person = await hire('seller');
      const browser = await enter(person);
      const { secret } = (await browser.post('/accounts/v1/factor', { password: person.password })).body;
      await browser.post('/accounts/v1/factor/confirmations', { code: codeAt(secret, 0) });
      const from = elsewhere();
      const answers: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        expect(said(await knock(person.email, person.password, from))).toEqual([401, 'code_needed']);
        answers.push((await knock(person.email, person.password, from, { code: `00000${i}` })).status);
      }
      expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
    });
  });

  describe('a password', () => {
    it('is stopped where it comes from, and its owner signs in from elsewhere', async () => {
      const person = await hire('seller');
      const guesser = elsewhere();
      const answers: number[] = [];
      for (let i = 0; i < 6; i += 1) answers.push((await knock(person.email, `guess number ${i}`, guesser)).status);
      expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
      const right = await knock(person.email, person.password, guesser);
      expect([right.status, Number(right.headers.get('retry-after'))]).toEqual([429, 900]);
      expect(said(await knock(person.email, person.password))).toEqual([200, undefined]);
    });

    it('is counted for an address that has no account in the same way', async () => {
      const guesser = elsewhere();
      const answers: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        answers.push((await knock('nobody2@demo.example', `guess number ${i}`, guesser)).status);
      }
      expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
    });

    it('from many places closes the account to all but those where it was used; a reset opens it', async () => {
      const person = await hire('seller');
      const home = elsewhere();
      await enter(person, home);
      const guesses = Array.from({ length: 20 }, (_, i) => knock(person.email, `guess number ${i}`));
      expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(guesses.map(() => 401));
      expect(said(await knock(person.email, person.password))).toEqual([429, 'too_many_requests']);
      expect(said(await knock(person.email, person.password, home))).toEqual([200, undefined]);

      const { link } = (await operator.post(`/admin/v1/accounts/${person.id}/links`, {})).body;
      const password = 'six brown horses';
      await openBrowser(server).post('/accounts/v1/passwords', { token: linkToken(link), password });
      expect(said(await knock(person.email, password))).toEqual([200, undefined]);
    });
  });
});
