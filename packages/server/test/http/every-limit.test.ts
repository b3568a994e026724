import { join } from 'node:path';
import { type Access, OPERATIONS } from '@opentopup/contract';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTokens, newSigningKey } from '../../src/access/tokens.ts';
import { createApp } from '../../src/app/http-server.ts';
import type { Context } from '../../src/context.ts';
import { signInAs } from '../support/browser.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

interface Route {
  method: string;
  url: string;
  /** The operation of the contract, where it is one. */
  operation: string | undefined;
}

/** Every route that the server has, as it registers them. */
async function listRoutes(): Promise<Route[]> {
  const routes: Route[] = [];
  const app = await createApp(
    {
      // Nothing is asked of them here.
      ctx: {} as Context,
      db: {} as never,
      reports: {} as never,
      ping: async () => {},
      leaving: new AbortController().signal,
      tokens: createTokens(newSigningKey(), async () => null),
      isClosed: () => false,
      adminToken: '',
      publicUrl: undefined,
      trustedProxy: undefined,
      metricsToken: null,
      readMetrics: async () => '',
      noteRequest: () => {},
      watchers: [
        (watched) =>
          watched.addHook('onRoute', ({ method, url, config }) => {
            for (const each of [method].flat()) routes.push({ method: each, url, operation: config?.operation });
          }),
      ],
      idempotencyKeyLife_s: 86_400,
      version: 'test',
      consoleFolder: join(import.meta.dirname, '../../../console/dist'),
    },
    pino({ level: 'silent' }),
  );
  await app.ready();
  await app.close();
  return routes;
}

/** How many requests of one network are served in a minute, where it is not what is usual. */
const MOST: readonly [RegExp, number][] = [
  [/^\/(docs|openapi|collections)/, 120],
  [/^\/r\//, 60],
  [/^\/d\//, 30],
  [/^\/oauth\//, 50],
];
const ACCESS = new Map(OPERATIONS.map(({ id, access }): [string, Access] => [id, access]));
const OF_AGENTS = new Set(
  OPERATIONS.filter(({ roles }) => roles?.every((role) => role === 'agent')).map(({ id }) => id),
);
const addressOf = ({ url }: Route): string =>
  url.replaceAll(/:\w+/g, '01890000-0000-7000-8000-000000000009').replaceAll('*', 'nothing');

describe('every route', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let routes: Route[];
  beforeAll(async () => {
    world = await createWorld('pglite');
    server = await world.start();
    routes = await listRoutes();
  });
  afterAll(() => world.remove());

  const ask = async (route: Route, headers: Record<string, string>): Promise<[string, number, number]> => {
    const { method } = route;
    const answer = await fetch(server.baseUrl + addressOf(route), { method, headers, redirect: 'manual' });
    await answer.body?.cancel();
    const [limit, left] = ['ratelimit-limit', 'ratelimit-remaining'].map((name) => answer.headers.get(name) ?? 'none');
    return [`${method} ${route.url}`, Number(limit), Number(left)];
  };

  it('is there, also those that no operation describes', () => {
    const urls = new Set(routes.map(({ url }) => url));
    for (const { path } of OPERATIONS) expect(urls).toContain(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const url of ['/docs', '/openapi.json', '/metrics', '/sell', '/live']) expect(urls).toContain(url);
    expect([...urls].some((url) => url.startsWith('/assets/'))).toBe(true);
  });

  it('counts whoever says nothing of itself, or nothing that is true', async () => {
    const nowhere = { method: 'GET', url: '/nowhere', operation: undefined };
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { cookie: 'opentopup=nonsense' }]) {
      for (const route of [...routes, nowhere]) {
        const [name, limit, left] = await ask(route, headers);
        const most = MOST.find(([path]) => path.test(route.url))?.[1] ?? 12_000;
        expect([name, limit, left < most]).toEqual([name, most, true]);
      }
    }
  });

  it('that asks who calls counts whom it lets in', async () => {
    const shop = await rawSignIn(server, world.demo);
    const sandbox = await rawSignIn(server, world.demo.sandbox);
    const caps = { offers: [], units_per_hour: 0, units_per_day: 0, line_units_per_day: 0, amount_per_day: 0 };
    const made = { name: 'Agent', world: 'live', ...caps, currency: 'EUR', released_up_to: null };
    const agent = await rawSignIn(server, (await shop.post('/v1/agents', made)).body);
    const person = await signInAs(server, world.demo.console.viewer);
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const proofs: Partial<Record<Access, [Record<string, string>, number]>> = {
      distributor: [bearer(shop.token), 10_000_000],
      operator: [bearer(world.demo.admin_token), 12_000],
      account: [{ cookie: person.cookies(), 'x-opentopup-console': '1' }, 1_200],
    };
    const last = (route: Route): number => Number(route.method === 'DELETE');
    for (const route of routes.toSorted((a, b) => last(a) - last(b))) {
      const access = ACCESS.get(route.operation ?? '');
      const ofAgent: [Record<string, string>, number] | null = OF_AGENTS.has(route.operation ?? '')
        ? [bearer(agent.token), 6_000]
        : null;
      const [headers, most] = ofAgent ?? proofs[access ?? 'public'] ?? [];
      // The last of them ends the session.
      if (!headers || (access === 'account' && route.method === 'DELETE')) continue;
      const inSandbox = route.url.startsWith('/travel-b2b-sandbox');
      const [name, limit] = await ask(route, inSandbox ? bearer(sandbox.token) : headers);
      expect([name, limit]).toEqual([name, most]);
    }
  });

  it('refuses what is too much, without a line in the log for each', async () => {
    const answers = await Promise.all(Array.from({ length: 130 }, () => fetch(`${server.baseUrl}/openapi.json`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${server.baseUrl}/live`)).status).toBe(200);
    await server.stop();
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.includes('"route":"/openapi.json"'));
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(0), { timeout: 60_000 });
    expect(lines.filter((line) => line.includes('"status":429'))).toEqual([]);
  });
});
