import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { elsewhere, staffOf } from '../support/staff.ts';

const LIMITED = 429;

describe('two servers on one database', () => {
  let world: DemoPlace;
  let servers: RunningServer[];
  beforeAll(async () => {
    world = await createWorld('postgresql');
    const env = { SEALING_KEY, PUBLIC_URL: 'https://topup.example', TRUSTED_PROXY: 'loopback', LOG_LEVEL: 'warn' };
    servers = [await world.start(env), await world.start(env)];
  });
  afterAll(() => world.remove());

  /** Asks both servers in turn from one place, one time more than is allowed; tells how often it was. */
  const askInTurn = async (most: number, ask: (browser: Browser, nth: number) => Promise<Answer>): Promise<number> => {
    const from = elsewhere();
    const answers: number[] = [];
    for (let nth = 0; nth <= most; nth += 1) {
      const server = servers[nth % servers.length] as RunningServer;
      answers.push((await ask(openBrowser(server, from), nth)).status);
    }
    expect(answers.slice(0, -1)).not.toContain(LIMITED);
    expect(answers.at(-1)).toBe(LIMITED);
    return answers.length - 1;
  };
  const { hire } = staffOf(() => ({ server: servers[0] as RunningServer, demo: world.demo }));

  it('let a password be guessed no more often than one does', async () => {
    const { email } = await hire('seller');
    const guess = (browser: Browser, nth: number): Promise<Answer> =>
      browser.post('/accounts/v1/session', { email, password: `guess number ${nth}` });
    expect(await askInTurn(5, guess)).toBe(5);
  });

  it.each<[string, number, string, (nth: number) => object]>([
    ['links to one address', 3, '/accounts/v1/resets', () => ({ email: 'nobody@demo.example' })],
    ['links from one network', 20, '/accounts/v1/resets', (nth) => ({ email: `nobody${nth}@demo.example` })],
    ['uses of links', 100, '/accounts/v1/passwords', () => ({ token: 'a'.repeat(43), password: 'six brown horses' })],
    ['passkeys that are begun', 300, '/accounts/v1/passkeys/challenges', () => ({})],
    ['sign-ons that are begun', 300, '/accounts/v1/sign-on', () => ({ code: 'k7mp2xqdw3' })],
  ])('count %s together', { tags: 'long' }, async (_, most, path, body) => {
    expect(await askInTurn(most, (browser, nth) => browser.post(path, body(nth)))).toBe(most);
  });
});
