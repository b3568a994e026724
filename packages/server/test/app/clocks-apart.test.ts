import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startKeyedSales } from '../deploy/keyed-sales.ts';
import { signInAs } from '../support/browser.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { setUpShop } from '../support/shop.ts';

const MOVED_CLOCK = join(import.meta.dirname, '../support/moved-clock.ts');
/** On either side of the right time. */
const OFF_MS = 25_000;
const PATIENCE = { timeout: 60_000, interval: 200 };

describe('two servers whose clocks are most of a minute apart, around that of their database', () => {
  let world: DemoPlace;
  let slow: RunningServer;
  let fast: RunningServer;
  let endpoint: Receiver;
  beforeAll(async () => {
    world = await createWorld('postgresql');
    endpoint = await startReceiver();
    [slow, fast] = [await start(-OFF_MS), await start(OFF_MS)];
  });
  const start = (ahead_ms: number): Promise<RunningServer> =>
    world.start({
      SEALING_KEY,
      WEBHOOK_ALLOW: '127.0.0.1',
      NODE_OPTIONS: `--import=${MOVED_CLOCK}`,
      CLOCK_AHEAD_MS: String(ahead_ms),
    });
  afterAll(async () => {
    await world?.remove();
    await endpoint?.stop();
  });

  it('take the tokens and sessions of each other', async () => {
    for (const [from, to] of [
      [slow, fast],
      [fast, slow],
    ] as const) {
      const { token } = await rawSignIn(from, world.demo);
      expect((await rawCallerWith(to, token).get('/distributors/offers')).status).toBe(200);
      const browser = await signInAs(from, world.demo.console.seller);
      const session = await fetch(`${to.baseUrl}/accounts/v1/session`, { headers: { cookie: browser.cookies() } });
      expect(session.status).toBe(200);
    }
  });

  it('take no token of one that is five minutes ahead, which takes theirs', async () => {
    const ahead = await start(5 * 60_000);
    const { token } = await rawSignIn(ahead, world.demo);
    expect((await rawCallerWith(slow, token).get('/distributors/offers')).status).toBe(401);
    const own = await rawSignIn(slow, world.demo);
    expect((await rawCallerWith(ahead, own.token).get('/distributors/offers')).status).toBe(200);
    await ahead.stop();
  });

  it('sell each order once, by whichever it is repeated, and tell of each', async () => {
    const operator = rawCallerWith(slow, world.demo.admin_token);
    const shop = await setUpShop(operator, 'Airport shop', 10_000);
    const till = await rawSignIn(slow, shop.client);
    await till.post('/v1/webhooks', { url: endpoint.url });
    const sales = await startKeyedSales(slow.baseUrl, shop);
    await sales.sellAt(slow.baseUrl, fast.baseUrl);
    await sales.more(400);
    await sales.stop();
    expect(sales.failures).toEqual([]);

    const answers = [...sales.answers];
    for (const [key, { body, line, baseUrl }] of answers.slice(0, 100)) {
      const other = rawCallerWith(baseUrl === slow.baseUrl ? fast : slow, till.token);
      const again = await other.sell(shop.offer_id, line, { 'idempotency-key': key });
      expect([again.body.id, again.headers.get('idempotent-replayed')]).toEqual([body.id, 'true']);
    }
    const ids = answers.map(([, { body }]) => body.id as string).toSorted();
    const told = (): string[] => endpoint.of('transaction.completed').map(({ event }) => event.data.id as string);
    await vi.waitFor(() => expect(told().toSorted()).toEqual(ids), PATIENCE);
    expect((await operator.get(`/admin/v1/ledger/verification?offer=${shop.offer_id}`)).body).toMatchObject({
      verified: true,
      sums: { sold: ids.length, held: 0 },
    });
  });
});
