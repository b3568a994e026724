import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const CALLERS = 20;
const SALES_BEFORE_THE_END = 100;
/** More in the long form: `npm run test:long`. */
const KILLS = process.env['LONG'] === '1' ? 25 : 2;

/** Sells until the server is gone, and notes every sale that was acknowledged, by its id. */
async function sellUntilGone(shop: RawCaller, offerId: string, acknowledged: Map<string, string>): Promise<void> {
  const sellOn = async (nth: number): Promise<void> => {
    for (let i = 0; ; i += 1) {
      const ending = String(100 + ((nth * 37 + i) % 900));
      const answer = await shop.sell(offerId, { msisdn: `0684587${ending}` }).catch(() => null);
      if (!answer) return;
      if (answer.status === 201) acknowledged.set(answer.body.id as string, answer.body.status as string);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, nth) => sellOn(nth)));
}

describe.each(ENGINES)('a restart under load on %s', (engine) => {
  let world: DemoPlace;
  let token: string;

  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.remove());

  it.each<[string, (server: RunningServer) => Promise<unknown>]>([
    ['an orderly stop', (server) => server.stop()],
    ...Array.from({ length: KILLS }, (_, nth): [string, (server: RunningServer) => Promise<unknown>] => [
      `killed process ${nth + 1}`,
      (server) => server.kill(),
    ]),
  ])('by %s loses nothing that was acknowledged, and the ledger still adds up', async (_, end) => {
    const server = await world.start();
    const shop = token ? rawCallerWith(server, token) : await rawSignIn(server, world.demo);
    token = shop.token;
    const offerId = world.offer('msisdn');

    const acknowledged = new Map<string, string>();
    const selling = sellUntilGone(shop, offerId, acknowledged);
    await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(SALES_BEFORE_THE_END), { timeout: 60_000 });
    await end(server);
    await selling;

    const next = await world.start();
    const after = rawCallerWith(next, token);
    const [first] = acknowledged.keys();
    expect((await after.get(`/distributors/transactions/${first}`)).body.status).toBe('ok');
    expect((await after.sell(offerId, { msisdn: '0684587587' })).status).toBe(201);
    await next.stop();

    const db = await world.openDb();
    const known = await db.query<{ id: string; status: string }>(
      'SELECT transaction_id AS id, status FROM resolutions WHERE transaction_id = ANY($1)',
      [[...acknowledged.keys()]],
    );
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(new Map(known.map(({ id, status }) => [id, status]))).toEqual(acknowledged);
    expect(sums.granted).toBe(1_000_000);
  });
});
