import { setTimeout as sleep } from 'node:timers/promises';
import { type NetworkFault, networkFaults, randomOf, startFaultProxy } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectUpstream, createGateway, type Gateway } from '../support/gateway.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type Engine, type RunningServer } from '../support/server.ts';

// The short form runs with all other tests; `LONG=1 npx vitest run packages/server/test/sales/faults.test.ts` is the long one.
const LONG = process.env['LONG'] === '1';
const TOPUPS = LONG ? 2_000 : 300;
const KILLS = LONG ? 25 : 3;
const CALLERS = 20;
const SALES_BEFORE_A_KILL = 40;

const SALE = '/distributors/transactions';
const DEADLINE_MS = 1_500;
/** An order that is under way arrives before this, or never. */
const CONCLUSIVE_AFTER_S = 5;
const SEED = Number(process.env['FAULT_SEED'] ?? (process.env['LONG'] ? Date.now() % 2 ** 31 : 1));

const FAULTS = networkFaults(DEADLINE_MS);

/** A number of its own for each top-up; none of them provokes anything. */
const numberOf = (nth: number): string => `06${String(10_000_100 + 1_000 * Math.floor(nth / 800) + (nth % 800))}`;

describe.each<[Engine, Engine]>([
  ['pglite', 'postgresql'],
  ...(LONG ? ([['postgresql', 'pglite']] as [Engine, Engine][]) : []),
])(`a gateway on %s before a platform on %s, with a bad network between (FAULT_SEED=${SEED})`, (here, there) => {
  let platform: DemoPlace;
  let gateway: Gateway;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  let platformServer: RunningServer;
  let gatewayServer: RunningServer;
  let shop: RawCaller;
  let offerHere: string;
  let offerThere: string;
  let ordered = 0;
  const random = randomOf(SEED);

  const startGateway = async (): Promise<void> => {
    gatewayServer = await gateway.start({ SUPPLIER_DEADLINE_MS: String(DEADLINE_MS) });
    shop = await rawSignIn(gatewayServer, gateway.world.demo);
  };

  beforeAll(async () => {
    [platform, gateway] = await Promise.all([createWorld(there), createGateway(here)]);
    platformServer = await platform.start();
    proxy = await startFaultProxy(platformServer.baseUrl);
    await startGateway();
    const settings = { conclusive_after_s: CONCLUSIVE_AFTER_S };
    const offers = await connectUpstream(gateway, gatewayServer, { origin: proxy.url, ...platform.demo }, settings);
    offerThere = platform.offer('msisdn');
    offerHere = offers.get(offerThere) ?? '';
    const stock = { units: 1_000_000, reference: 'first', justification: 'Test' };
    await gateway.operator(gatewayServer).post(`/admin/v1/offers/${offerHere}/grants`, stock);
  });
  afterAll(async () => {
    await gateway?.world.remove();
    await proxy?.stop();
    await platform?.remove();
  });

  /** Orders for a number of its own; null where the gateway is gone. */
  const order = () => shop.sell(offerHere, { msisdn: numberOf(ordered++) }).catch(() => null);

  /** Waits until nothing is pending, and proves that both sides agree. */
  async function proveAgreement(): Promise<void> {
    proxy.heal();
    await vi.waitFor(async () => expect((await shop.get(`${SALE}/count?status=pending`)).body).toEqual({ count: 0 }), {
      timeout: 120_000,
      interval: 1_000,
    });
    for (const [server, world] of [
      [gatewayServer, gateway.world],
      [platformServer, platform],
    ] as const) {
      const operator = rawCallerWith(server, world.demo.admin_token);
      expect((await operator.get('/admin/v1/ledger/verification')).body).toMatchObject({ verified: true, faults: [] });
    }
    await Promise.all([gatewayServer.stop(), platformServer.stop()]);
    const [hereDb, thereDb] = await Promise.all([gateway.world.openDb(), platform.openDb()]);
    try {
      const [hereSums, thereSums] = [await proveLedger(hereDb, offerHere), await proveLedger(thereDb, offerThere)];
      expect({ sold: hereSums.sold, held: hereSums.held }).toEqual({ sold: thereSums.sold, held: 0 });
      const twice = await thereDb.query(
        `SELECT t.line FROM transactions t JOIN resolutions r ON r.transaction_id = t.id
         WHERE t.offer_id = $1 AND r.status = 'ok' GROUP BY t.line HAVING count(*) > 1`,
        [offerThere],
      );
      expect(twice).toEqual([]);
      const sent = await thereDb.query(
        'SELECT user_id FROM transactions WHERE offer_id = $1 GROUP BY user_id HAVING count(*) > 1',
        [offerThere],
      );
      expect(sent).toEqual([]);
    } finally {
      await Promise.all([hereDb.close(), thereDb.close()]);
    }
    platformServer = await platform.start({ PORT: new URL(platformServer.baseUrl).port });
    await startGateway();
  }

  it(`comes to an agreement over ${TOPUPS} top-ups, a third of them with a fault`, async () => {
    const statuses: number[] = [];
    const caller = async (): Promise<void> => {
      for (let i = 0; i < TOPUPS / CALLERS; i += 1) {
        if (random() < 0.3) proxy.fail('POST', SALE, FAULTS[Math.floor(random() * FAULTS.length)] as NetworkFault);
        if (random() < 0.02) {
          await proxy.refuse();
          await sleep(50);
          await proxy.accept().catch(() => {});
        }
        const answer = await order();
        statuses.push(answer?.status ?? 0);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    // Whatever happens behind it, the gateway answers: sold, not yet known, or refused.
    expect(statuses.filter((status) => status !== 201 && status !== 400)).toEqual([]);
    await proveAgreement();
  }, 300_000);

  it(`comes to an agreement when the gateway is killed ${KILLS} times under load`, async () => {
    const acknowledged = new Map<string, string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = acknowledged.size;
      const dead = new AbortController();
      const caller = async (): Promise<void> => {
        while (!dead.signal.aborted) {
          const answer = await order();
          if (!answer) return;
          if (answer.status === 201) acknowledged.set(answer.body.id as string, answer.body.status as string);
        }
      };
      const callers = Array.from({ length: CALLERS }, caller);
      await vi.waitFor(() => expect(acknowledged.size - before).toBeGreaterThan(SALES_BEFORE_A_KILL), {
        timeout: 60_000,
        interval: 5,
      });
      await sleep(random() * 300);
      await gatewayServer.kill();
      dead.abort();
      await Promise.all(callers);
      await startGateway();
    }
    await proveAgreement();
    const ok = [...acknowledged].filter(([, status]) => status === 'ok').map(([id]) => id);
    const all = await Promise.all(ok.map(async (id) => (await shop.get(`${SALE}/${id}`)).body.status as string));
    expect(new Set(all)).toEqual(new Set(['ok']));
  }, 900_000);
});
