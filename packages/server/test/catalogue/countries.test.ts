import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exchangeRatesJob } from '../../src/catalogue/exchange-rates.job.ts';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

interface Listed {
  iso_code: string;
  last_change?: string;
  [field: string]: unknown;
}

const PATIENCE = { timeout: 60_000 };
const RATES = {
  amount: 1,
  date: '2026-11-24',
  base: 'EUR',
  rates: { USD: 1.08, BWP: 14.6, XAU: 0.0005, VND: 27_431.5 },
};

type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

const says =
  (body: unknown): Answering =>
  (_, response) =>
    response.end(typeof body === 'string' ? body : JSON.stringify(body));

/** Answers of a source of rates from which nothing can be learnt, by their path, and what becomes of each. */
const BAD: Record<string, [Answering, RegExp]> = {
  '/failing': [(_, response) => response.writeHead(503).end(JSON.stringify(RATES)), /answers 503/],
  '/gone': [(request) => request.socket.destroy(), /fetch failed/],
  '/broken': [
    (_, response) => {
      response.writeHead(200, { 'content-length': 500 }).write('{"base":', () => response.destroy());
    },
    /terminated/,
  ],
  '/silent': [() => {}, /timeout/],
  '/slow': [
    async (_, response) => {
      while (!response.destroyed) {
        response.write(' ');
        await sleep(200);
      }
    },
    /timeout/,
  ],
  '/endless': [
    (_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('['.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    },
    /more than 262144 bytes/,
  ],
  '/large': [says({ ...RATES, padding: 'x'.repeat(300_000) }), /more than 262144 bytes/],
  '/garbage': [says('<html>Welcome</html>'), /not valid JSON/],
  '/nothing': [says(''), /end of JSON/],
  '/null': [says('null'), /Parse/],
  '/words': [says({ ...RATES, rates: { USD: '1.20', BWP: 15 } }), /Parse/],
  '/zero': [says({ ...RATES, rates: { USD: 1.2, BWP: 0 } }), /Parse/],
  '/negative': [says({ ...RATES, rates: { USD: 1.2, BWP: -15 } }), /Parse/],
  '/baseless': [says({ rates: { EUR: 1, USD: 1.2 } }), /Parse/],
  '/dollarless': [says({ base: 'EUR', rates: { BWP: 15 } }), /does not know/],
};

describe.each(ENGINES)('countries and currencies on %s', (engine) => {
  let world: DemoPlace;
  let source: Server;
  let sourceUrl: string;
  let good: unknown = RATES;

  beforeAll(async () => {
    world = await createWorld(engine);
    source = createServer((request, response) => {
      const [answer] = BAD[request.url?.split('?')[0] ?? ''] ?? [says(good)];
      answer(request, response);
    });
    await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
    sourceUrl = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await world.remove();
    source.closeAllConnections();
    source.close();
  });

  const served = async (env: Record<string, string>): Promise<{ server: RunningServer; shop: PathCaller }> => {
    const server = await world.start(env);
    return { server, shop: await signInClient(server, world.demo) };
  };
  const currencies = async (shop: PathCaller): Promise<Record<string, Listed>> => {
    const { body } = await shop.get('/travel-b2b/v1/currencies?limit=1000');
    return Object.fromEntries((body as Listed[]).map((currency) => [currency.iso_code, currency]));
  };

  it('are listed without a source of rates, the euro worth one euro, in pages, by code', async () => {
    const { server, shop } = await served({});
    const { body: countries } = await shop.get('/travel-b2b/v1/countries?limit=1000');
    expect(countries).toContainEqual({ iso_code: 'BW', name: 'Botswana', phone_prefix: 267, flag: '🇧🇼' });
    expect((await shop.get('/countries?offset=3&limit=2')).body).toEqual((countries as Listed[]).slice(3, 5));
    expect((await shop.get('/countries')).body).toHaveLength(100);
    expect((await shop.get('/countries?offset=1000')).body).toEqual([]);

    const known = await currencies(shop);
    expect(Object.keys(known)).toEqual(Object.keys(known).toSorted());
    expect(known['EUR']).toEqual({ iso_code: 'EUR', name: 'Euro', euro_exchange_rate: 1 });
    expect(known['USD']).toEqual({ iso_code: 'USD', name: 'US Dollar', us_dollar_exchange_rate: 1 });
    expect(known['BWP']).toEqual({ iso_code: 'BWP', name: 'Pula' });
    expect((await shop.get('/currencies?offset=2&limit=1')).body).toEqual([Object.values(known)[2]]);
    await server.stop();
  });

  it('have the rates of the source soon after the start, and still when it is gone after the next', async () => {
    const first = await served({ EXCHANGE_RATES_URL: `${sourceUrl}/latest?key=secret` });
    const known = await vi.waitFor(async () => {
      const now = await currencies(first.shop);
      expect(now['BWP']).toHaveProperty('euro_exchange_rate');
      return now;
    }, PATIENCE);
    const last_change = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    // 14.6 pula for a euro: one is worth 0.0685 euros, and 1.08 times as many dollars.
    expect(known['BWP']).toMatchObject({ euro_exchange_rate: 0.068493150685, last_change });
    expect(known['BWP']?.['us_dollar_exchange_rate']).toBeCloseTo(1.08 / 14.6, 11);
    expect(known['EUR']).toMatchObject({ euro_exchange_rate: 1, us_dollar_exchange_rate: 1.08, last_change });
    expect(known['USD']).toMatchObject({ euro_exchange_rate: 0.925925925926, us_dollar_exchange_rate: 1, last_change });
    expect(known['VND']).toMatchObject({ euro_exchange_rate: 0.000036454441, last_change });
    expect(known['XOF']).toEqual({ iso_code: 'XOF', name: 'CFA Franc BCEAO' });
    expect(known).not.toHaveProperty('XAU');
    await first.server.stop();

    const second = await served({ EXCHANGE_RATES_URL: `${sourceUrl}/gone?key=secret` });
    await vi.waitFor(() => expect(second.server.output()).toContain('"job":"exchange-rates"'), PATIENCE);
    expect(await currencies(second.shop)).toEqual(known);
    await second.server.stop();
    expect(first.server.output() + second.server.output()).not.toContain('secret');
  });

  it('keep the rates known last, whatever the source answers instead of rates', async () => {
    const db = await world.openDb();
    try {
      const rates = () => db.query('SELECT * FROM exchange_rates ORDER BY currency');
      const before = await rates();
      expect(before).toHaveLength(4);
      await Promise.all(
        Object.entries(BAD).map(async ([path, [, message]]) => {
          const job = exchangeRatesJob(db, sourceUrl + path, () => new Date());
          await expect(job.run(new AbortController().signal)).rejects.toThrow(message);
        }),
      );
      expect(await rates()).toEqual(before);
    } finally {
      await db.close();
    }
  });

  it('note when a rate last changed, and only then; one that the source forgets stays', async () => {
    const db = await world.openDb();
    const known = async (): Promise<Record<string, string>> => {
      const rows = await db.query<{ currency: string; changed_at: Date; euros: string }>(
        'SELECT currency, changed_at, trim_scale(per_euro) AS euros FROM exchange_rates',
      );
      return Object.fromEntries(
        rows.map(({ currency, changed_at, euros }) => [currency, `${changed_at.getTime()} ${euros}`]),
      );
    };
    const fetchAt = (ms: number) =>
      exchangeRatesJob(db, sourceUrl, () => new Date(ms)).run(new AbortController().signal);
    try {
      const before = await known();
      await fetchAt(1_000);
      expect(await known()).toEqual(before);

      good = { base: 'EUR', rates: { USD: 1.08, BWP: 14.61 } };
      await fetchAt(2_000);
      expect(await known()).toEqual({ ...before, BWP: '2000 14.61' });

      // Another base says the same, as long as it says it in the same digits.
      good = { base: 'USD', rates: { EUR: 0.8, BWP: 12 } };
      await fetchAt(3_000);
      expect(await known()).toEqual({ ...before, EUR: '3000 1', USD: '3000 1.25', BWP: '3000 15' });
    } finally {
      await db.close();
    }
  });
});
