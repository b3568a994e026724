import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addedUpUntil, addUpNextDay } from '../../src/reports/daily-sales.store.ts';
import type { Answer } from '../support/answer.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { makePair } from '../support/rsa.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Whose midnight is at another hour than the server's, or at half past one. */
const ZONES_H = [-11, -3.5, 0, 2, 5.75, 14];
/** In Paris clocks are put back at 2026-10-25T01:00Z and forward at 2027-03-28T01:00Z. */
const env = { TZ: 'Europe/Paris', SEALING_KEY, RETENTION_DAYS: '31', SUPPLIER_DEADLINE_MS: '500' };

/** An order that took a unit, as its answer told of it. */
interface Sale {
  id: string;
  at: number;
  status: 'ok' | 'ko' | 'pending';
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const second = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

// A story is not told again from its middle.
describe.each(ENGINES)(
  'while days, months and both changes of summer time go by, on %s',
  { retry: 0, timeout: 300_000 },
  (engine) => {
    let world: DemoPlace;
    let server: RunningServer;
    let shop: PathCaller;
    let operator: PathCaller;
    const sales: Sale[] = [];
    let refused = 0;
    let started = { at: 0, now: 0 };

    /** What the server's clock says. */
    const now = (): number => started.at + Date.now() - started.now;
    /** Stops the server and starts it when its clock says that. */
    const moveTo = async (instant: string): Promise<void> => {
      await server?.stop();
      const at = new Date(instant);
      started = { at: at.getTime(), now: Date.now() };
      server = await world.start(env, at);
      shop = await signInClient(server, world.demo);
      operator = callerWith(server, world.demo.admin_token);
    };

    let lines = 0;
    const newLine = (ending = ''): string => {
      lines += 1;
      return `06${String(84_000_000 + lines * 1_000 + 500).slice(0, 8 - ending.length)}${ending}`;
    };
    const read = async (path: string, caller = shop): Promise<any> => {
      const { status, body } = await caller.get(path);
      expect({ path, status, body }).toMatchObject({ status: 200 });
      return body;
    };
    const keep = async ({ body }: Answer): Promise<string> => {
      const id: string = body.id ?? body.transaction_id;
      const { creation_date, status } = await read(`/distributors/transactions/${id}`);
      const at = Date.parse(creation_date);
      expect(now() - at).toBeLessThan(MINUTE_MS);
      sales.push({ id, at, status });
      return id;
    };
    const sell = async (kind = 'msisdn', line = newLine(), key?: string): Promise<Answer> =>
      shop.sell(world.offer(kind), { msisdn: line }, key ? { 'idempotency-key': key } : {});

    /** What was sold in a period. */
    const countOf = (from: number, before: number): Record<string, number> => {
      const those = sales.filter(({ at }) => at >= from && at < before);
      const count = (status: Sale['status']): number => those.filter((sale) => sale.status === status).length;
      return { orders: those.length, ok: count('ok'), ko: count('ko'), pending: count('pending') };
    };
    /** Both overviews of a period say what was sold in its hours, all together and step by step. */
    const proveOverview = async (query: string, from: number, before: number): Promise<void> => {
      const begin = Math.floor(from / HOUR_MS) * HOUR_MS;
      const end = Math.ceil(before / HOUR_MS) * HOUR_MS;
      const totals = countOf(begin, end);
      const own = read(`/v1/overview?${query}`);
      for (const body of [await own, await read(`/admin/v1/overview?${query}&world=live`, operator)]) {
        const step_ms = body.step === 'hour' ? HOUR_MS : DAY_MS;
        const first = Math.floor(begin / step_ms) * step_ms;
        const steps = Array.from({ length: Math.ceil((end - first) / step_ms) }, (_, i) => first + i * step_ms);
        expect({ query, ...body }).toMatchObject({
          query,
          totals,
          points: steps.map((at) => ({
            date: second(at),
            ...countOf(Math.max(at, begin), Math.min(at + step_ms, end)),
          })),
        });
        expect(body.offers.reduce((sum: number, offer: any) => sum + offer.orders, 0)).toBe(totals['orders']);
      }
    };
    /** Today in each of the zones, and each span that the console shows in one of them. */
    const proveSpans = async (): Promise<void> => {
      const spans = [...ZONES_H.map((zone_h) => [zone_h, 1] as const), [-11, 7], [5.75, 30], [14, 90]] as const;
      await Promise.all(
        spans.map(async ([zone_h, days]) => {
          const zone_ms = zone_h * HOUR_MS;
          const from = Math.floor((now() + zone_ms) / DAY_MS) * DAY_MS - zone_ms - (days - 1) * DAY_MS;
          await proveOverview(`from=${second(from)}&step=${days === 1 ? 'hour' : 'day'}`, from, now());
        }),
      );
    };

    const key = 'order-4711';
    const line = '0684999587';
    const old = { id: '', unknown: '', token: '', client_id: '', secret: '', esim: '' };
    const emptied = { at: 0 };

    beforeAll(async () => {
      world = await createWorld(engine, new Date('2026-10-23T10:00:00Z'));
    });
    afterAll(() => world.remove());

    it('what is sold before the clocks are put back is told', async () => {
      await moveTo('2026-10-24T21:30:00Z');
      await shop.patch('/v1/settings', { line_units_per_day: 1 });
      old.token = shop.token;
      old.id = await keep(await sell('msisdn', line, key));
      await keep(await sell('msisdn', newLine('002')));
      old.unknown = await keep(await sell('msisdn', newLine('009')));

      const public_key_value = makePair().publicPem;
      await shop.post('/distributors/keys', { key_type: 'rsa256', public_key_value });
      old.esim = await keep(await shop.sell(world.offer('esim'), undefined));

      const { distributor_id } = await read(`/admin/v1/offers/${world.offer('msisdn')}`, operator);
      const clients = `/admin/v1/distributors/${distributor_id}/credentials`;
      const { body: client } = await operator.post(clients, { name: 'Till' });
      await operator.post(`/admin/v1/credentials/${client.client_id}/rotations`, {});
      [old.client_id, old.secret] = [client.client_id, client.client_secret];

      const grant = { units: 2, reference: 'PO-1', justification: 'First' };
      await operator.post(`/admin/v1/offers/${world.offer('empty')}/grants`, grant);
      for (const answer of [await sell('empty'), await sell('empty')]) await keep(answer);
      emptied.at = now();
      expect((await sell('empty')).body.reason).toBe('bucket_empty');
      refused += 1;
      // It begins when it is noticed: not after the clock has moved on.
      await vi.waitFor(async () => expect((await read('/v1/overview')).stock_outs).toHaveLength(1), PATIENCE);
      await proveSpans();
    });

    it('in the hour before clocks are put back, and in the same hour again, too; a token is over', async () => {
      await moveTo('2026-10-25T00:30:00Z');
      await keep(await sell());
      const late = await rawCallerWith(server, old.token).get('/distributors/offers');
      expect([late.status, late.body.code]).toEqual([401, 42]);
      await proveSpans();

      await moveTo('2026-10-25T01:30:00Z');
      for (const answer of [await sell(), await sell()]) await keep(answer);
      const refill = { units: 10, reference: 'PO-2', justification: 'Refill' };
      await operator.post(`/admin/v1/offers/${world.offer('empty')}/grants`, refill);
      await vi.waitFor(async () => {
        const { stock_outs } = await read('/v1/overview');
        expect(stock_outs).toMatchObject([{ refused, times: [{ to: expect.any(String) }] }]);
        expect(Math.abs(stock_outs[0].seconds - (now() - emptied.at) / 1_000)).toBeLessThan(60);
      }, PATIENCE);
      await proveSpans();
    });

    const signsIn = async (): Promise<number> => {
      const basic = Buffer.from(`${old.client_id}:${old.secret}`).toString('base64');
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const headers = { authorization: `Basic ${basic}` };
      return (await fetch(`${server.baseUrl}/oauth/v3/token`, { method: 'POST', headers, body })).status;
    };

    it('a key, a guard and a rotated secret count for 24 hours, also on a day of 25', async () => {
      await moveTo('2026-10-25T21:00:00Z');
      const again = await sell('msisdn', line, key);
      expect([again.body.id, again.headers.get('idempotent-replayed')]).toEqual([old.id, 'true']);
      expect((await sell('msisdn', line)).body.reason).toBe('line_limit_reached');
      refused += 1;
      expect(await signsIn()).toBe(200);

      await moveTo('2026-10-25T21:45:00Z');
      const anew = await sell('msisdn', line, key);
      expect([anew.status, anew.body.reason, anew.headers.get('idempotent-replayed')]).toEqual([201, undefined, null]);
      expect(await keep(anew)).not.toBe(old.id);
      expect(await signsIn()).toBe(401);
      await proveSpans();
    });

    /** Moves to when days are to be added up, and sees to it that they are: their overview must not tell. */
    const addUpDays = async (instant: string): Promise<void> => {
      await moveTo(instant);
      if (engine === 'pglite') await server.stop();
      const db = await world.openDb();
      // The job does it, where somebody else can see when it has.
      if (engine === 'pglite') while ((await addUpNextDay(db, new Date(instant))) === 'more');
      const until = new Date(Math.floor((Date.parse(instant) - 10 * MINUTE_MS) / DAY_MS) * DAY_MS);
      await vi.waitFor(async () => expect(await addedUpUntil(db)).toEqual(until), PATIENCE);
      await db.close();
      if (engine === 'pglite') await moveTo(instant);
    };

    it('days that are over are added up, and tell the same', async () => {
      await addUpDays('2026-10-27T00:30:00Z');
      const whole = Date.parse('2026-10-24T00:00:00Z');
      for (const days of [1, 2]) {
        const query = `from=${day(whole)}&to=${day(whole + (days - 1) * DAY_MS)}`;
        await proveOverview(`${query}&step=day`, whole, whole + days * DAY_MS);
        await proveOverview(`${query}&step=hour`, whole, whole + days * DAY_MS);
      }
      const { reasons } = await read('/v1/overview?from=2026-10-24&to=2026-10-25&step=day');
      expect(reasons.reduce((sum: number, each: any) => sum + each.refused, 0)).toBe(refused);
      await proveSpans();
    });

    it('after a month it is forgotten whom a sale was for, what has happened is gone, and an identification is overdue', async () => {
      await moveTo('2026-11-25T22:00:00Z');
      await vi.waitFor(async () => {
        const { parameters } = await read(`/distributors/transactions/${old.id}`);
        expect(parameters).toEqual({});
        // The newest stays, so that readers find their place.
        expect(await read('/v1/events')).toHaveLength(1);
      }, PATIENCE);
      expect((await read(`/distributors/transactions/${old.unknown}`)).parameters).not.toEqual({});
      expect(await read('/v1/identifications?status=overdue')).toMatchObject([{ transaction_id: old.esim }]);
      await keep(await sell());
      await proveSpans();
    });

    it('what a person decides after a month counts on the day of its sale', async () => {
      const decision = { status: 'ok', justification: 'In the records of the supplier' };
      await operator.post(`/admin/v1/transactions/${old.unknown}/resolutions`, decision);
      const unknown = sales.find(({ id }) => id === old.unknown) as Sale;
      unknown.status = 'ok';
      await proveSpans();
      await addUpDays('2026-11-27T03:00:00Z');
      await proveSpans();
      expect(await read('/distributors/transactions/count?status=pending')).toEqual({ count: 0 });
    });

    it('when clocks are put forward nothing is missing either', async () => {
      for (const instant of ['2027-03-27T22:30:00Z', '2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z']) {
        await moveTo(instant);
        for (const answer of [await sell(), await sell('msisdn', newLine('002'))]) await keep(answer);
        await proveSpans();
      }
      await addUpDays('2027-03-30T00:30:00Z');
      await proveSpans();
      expect(await read('/distributors/transactions/count')).toEqual({ count: sales.length });
      const days = 'startDate=2027-03-27&endDate=2027-03-28';
      expect(await read(`/distributors/transactions/count?${days}`)).toEqual({ count: 6 });
    });

    it('any period of the past is told as it was sold', async () => {
      const first = Date.parse('2026-10-20T00:00:00Z');
      const quarter = fc.integer({ min: 0, max: Math.floor((now() - first) / (HOUR_MS / 4)) });
      const whole = quarter.map((quarters) => Math.floor(quarters / 96) * 96);
      const instants = fc.tuple(fc.oneof(quarter, whole), fc.oneof(quarter, whole, fc.constantFrom(96, 192, 672)));
      const periods = instants.map(([a, b]) => [Math.min(a, b), Math.max(a, b) + (a === b ? 96 : 0)] as const);
      await fc.assert(
        fc.asyncProperty(periods, async ([from, before]) => {
          const [begin, end] = [from, before].map((quarters) => first + quarters * (HOUR_MS / 4)) as [number, number];
          const step = end - begin <= 7 * DAY_MS ? 'hour' : 'day';
          for (const each of new Set([step, 'day'])) {
            await proveOverview(`from=${second(begin)}&to=${second(end - 1_000)}&step=${each}`, begin, end);
          }
        }),
        { numRuns: 40, seed: 1 },
      );
    });

    it('the stock was what it was, day by day, and the ledger proves', async () => {
      const { history } = await read(
        `/v1/offers/${world.offer('msisdn')}/stock?from=2026-10-24&to=2027-03-29&step=day`,
      );
      const ofDays = history.points
        .map(({ date, sold }: any) => [date.slice(0, 10), sold])
        .filter(([, sold]: any) => sold > 0);
      expect(ofDays.map(([date]: any) => date)).toEqual([
        '2026-10-24',
        '2026-10-25',
        '2026-11-25',
        '2027-03-27',
        '2027-03-28',
      ]);
      expect(await read('/admin/v1/ledger/verification', operator)).toMatchObject({ verified: true });
    });
  },
);
