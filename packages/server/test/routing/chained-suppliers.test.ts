import { setTimeout as sleep } from 'node:timers/promises';
import { networkFaults, randomOf } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { attemptReference } from '../../src/values/attempt.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { made } from '../support/shop.ts';
import { type ChainLink, deliveriesOf, endOpenOrders, startChain } from './played-chain.ts';

const ORDERS = Number(process.env['CHAIN_ORDERS'] ?? 2_000);
const KILLS = 10;
const CALLERS = 20;
/** How long all of it may take. */
const MOST_MS = 900 * ORDERS;
const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 2 ** 31);

/** Of one supplier, and of a whole order: time for a second attempt, and for a third. */
const DEADLINE_MS = 1_500;
const ORDER_MS = 5_000;
/** What was exchanged is written down so soon after the call began, unless the server is killed. */
const LOG_WITHIN_MS = DEADLINE_MS + 3_000;
/** Later than any look that may be due, and than "not found" needs to be proof. */
const LATER_MS = 6 * 3_600_000;
const FAULTS = networkFaults(DEADLINE_MS);

/** A number of its own for each order; what some of their endings provoke is welcome. */
const lineOf = (nth: number): string => `06${String(10_000_100 + 1_000 * Math.floor(nth / 800) + (nth % 800))}`;

/** An attempt as our books have it. */
interface KeptAttempt {
  transaction_id: string;
  number: number;
  begun_at: Date;
  connector: string;
  status: string;
  /** Whether it is the one that the order came to its end in. */
  is_last: boolean;
  message: string | null;
  is_logged: boolean;
}

/** A sale of which nothing is proven. */
interface OpenSale {
  transaction_id: string;
  number: number;
  connector: string;
  is_asked: boolean;
}

const ATTEMPTS = `
  SELECT t.id AS transaction_id, a.number, a.begun_at, s.connector, coalesce(r.status, 'pending') AS status,
         a.number = coalesce(r.attempt, 1) AS is_last, coalesce(a.message, r.message) AS message,
         EXISTS (SELECT FROM supplier_exchanges e
                 WHERE e.distributor_id = t.distributor_id AND e.transaction_id = t.id AND e.attempt = a.number) AS is_logged
  FROM transactions t
  JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
  LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
  CROSS JOIN LATERAL (
    SELECT number, product_id, begun_at, message FROM delivery_attempts a
    WHERE a.distributor_id = t.distributor_id AND a.transaction_id = t.id AND a.product_id IS NOT NULL
    UNION ALL
    SELECT 1, o.product_id, t.created_at, NULL
    WHERE NOT EXISTS (SELECT FROM delivery_attempts a
                      WHERE a.distributor_id = t.distributor_id AND a.transaction_id = t.id AND a.number = 1)
  ) a
  JOIN products p ON p.id = a.product_id JOIN suppliers s ON s.id = p.supplier_id
  WHERE t.offer_id = $1`;

describe(`an offer over DT One, Reloadly and Ding, each behind a bad network (FAULT_SEED=${SEED})`, () => {
  const random = randomOf(SEED);
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let chain: ChainLink[] = [];
  let offer: string;
  let client: { client_id: string; client_secret: string };
  let env: Record<string, string>;
  /** When the server was killed. */
  const kills: number[] = [];

  const operator = () => rawCallerWith(server, world.demo.admin_token);
  const start = async (at?: Date): Promise<void> => {
    server = await world.start(env, at);
    shop = await rawSignIn(server, client);
  };

  beforeAll(async () => {
    world = await createWorld('postgresql');
    server = await world.start({ SEALING_KEY });
    chain = await startChain(operator(), DEADLINE_MS);
    const make = async (path: string, body: object) => made(await operator().post(`/admin/v1${path}`, body));
    const { id: distributor_id } = await make('/distributors', { name: 'Till' });
    client = await make(`/distributors/${distributor_id}/credentials`, { name: 'Till' });
    const products = chain.map(({ product_id }) => ({ product_id }));
    const sold = { distributor_id, product_id: products[0]?.product_id, name: 'Two', resell_value: 2 };
    ({ id: offer } = await make('/offers', sold));
    await make(`/offers/${offer}/grants`, { units: ORDERS, reference: 'first', justification: 'Test' });
    const route = { strategy: 'weight', products, sell_below_cost: true };
    await operator().put(`/admin/v1/offers/${offer}/route`, route);
    // Where it is called back has to be known before it starts.
    const { baseUrl } = server;
    await server.stop();
    env = {
      SEALING_KEY,
      SUPPLIER_DEADLINE_MS: String(ORDER_MS),
      PUBLIC_URL: baseUrl,
      PORT: new URL(baseUrl).port,
    };
    for (const { vendor, supplier_id } of chain) {
      await vendor.control('PATCH', '/settings', { callback_url: `${baseUrl}/suppliers/${supplier_id}/callbacks` });
    }
    await start();
  }, MOST_MS);
  afterAll(async () => {
    await world?.remove();
    for (const { proxy, vendor } of chain) {
      await proxy.stop();
      await vendor.stop();
    }
  });

  /** Has something go wrong at the suppliers, or on the way, with whichever order comes there next. */
  async function trouble(): Promise<void> {
    const { proxy, vendor, orders, looks, refusals, endings } = oneOf(chain);
    const fail = ([method, path]: [string, string]): void => proxy.fail(method, path, oneOf(FAULTS));
    const lot = random();
    // Else it would pile up where a supplier is down, and keep it so.
    proxy.heal();
    await vendor.control('DELETE', '/endings');
    const times = 1 + Math.floor(random() * 4);
    if (lot < 0.3) fail(orders);
    else if (lot < 0.4) fail(looks);
    else if (lot < 0.8) await vendor.control('POST', '/endings', { ending: oneOf(refusals), times });
    else if (lot < 0.95) await vendor.control('POST', '/endings', { ending: endings.open });
    else {
      await proxy.refuse();
      await sleep(random() * 1_000);
      await proxy.accept().catch(() => {});
    }
  }

  /** Sells through all that, over the death of servers; tells how often each status was answered. */
  async function sellAll(): Promise<Record<number, number>> {
    const statuses: Record<number, number> = {};
    let [next, answered] = [0, 0];
    let alive = Promise.resolve();
    const sell = async (): Promise<void> => {
      for (let nth = next++; nth < ORDERS; nth = next++) {
        if (random() < 0.3) await trouble();
        for (;;) {
          await alive;
          // Who gets no answer repeats the order under its key.
          const key = { 'idempotency-key': `chain-${SEED}-${nth}` };
          const answer = await shop.sell(offer, { msisdn: lineOf(nth) }, key).catch(() => null);
          if (answer && answer.status < 500 && answer.status !== 409) {
            statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
            // While no supplier answers, each order would be refused at once.
            if (answer.body.reason === 'supplier_unavailable') await sleep(random() * 2_000);
            break;
          }
          if (answer) await sleep(100);
        }
        answered += 1;
      }
    };
    const callers = Promise.all(Array.from({ length: CALLERS }, sell));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const due = (kill * ORDERS) / (KILLS + 1);
      await vi.waitFor(() => expect(answered).toBeGreaterThan(due), { timeout: MOST_MS, interval: 5 });
      await sleep(random() * 300);
      const { promise, resolve } = Promise.withResolvers<void>();
      alive = promise;
      await server.kill();
      kills.push(Date.now());
      await start();
      resolve();
    }
    await callers;
    return statuses;
  }

  /** Lists the sales of which nothing is proven, and whether their suppliers were asked since an instant. */
  const openSales = (db: Db, since: Date): Promise<OpenSale[]> =>
    db.query<OpenSale>(
      `SELECT DISTINCT ON (a.transaction_id) a.transaction_id, a.number, a.connector,
              coalesce(u.next_at > $2 AND u.leased_until IS NULL, false) AS is_asked
       FROM (${ATTEMPTS}) a LEFT JOIN unknown_outcomes u ON u.transaction_id = a.transaction_id
       WHERE a.status = 'pending' ORDER BY a.transaction_id, a.number DESC`,
      [offer, since],
    );

  it(
    `ends each of ${ORDERS} orders, over ${KILLS} killed servers, and delivers what is sold once, by one of them`,
    async () => {
      const statuses = await sellAll();
      expect(Object.keys(statuses).filter((status) => status !== '201' && status !== '400')).toEqual([]);

      // All comes to its end: what is on its way, and what suppliers are working on.
      for (const { proxy, vendor } of chain) {
        proxy.heal();
        await vendor.control('DELETE', '/endings');
      }
      const arrived = () => expect(chain.map(({ proxy }) => proxy.heldBack())).toEqual(chain.map(() => 0));
      await vi.waitFor(arrived, { timeout: 60_000, interval: 100 });
      const workedOn = await Promise.all(chain.map((link) => endOpenOrders(link, () => random() < 0.5)));

      const db = await world.openDb();
      const pending = (await openSales(db, new Date())).length;
      await server.stop();
      const later = new Date(Date.now() + LATER_MS);
      await start(later);
      // What a supplier has in its books it says; what it has not, only some of them may say for certain.
      const books = new Set<string>();
      for (const { vendor } of chain) for (const { reference } of await vendor.orders()) books.add(reference);
      const isInBooks = (sale: OpenSale): boolean => books.has(attemptReference(sale));
      const asked = async (): Promise<void> => {
        const open = await openSales(db, later);
        expect(open.filter((sale) => !sale.is_asked || isInBooks(sale) || sale.connector === 'dtone')).toEqual([]);
      };
      await vi.waitFor(asked, { timeout: MOST_MS / 3, interval: 1_000 });
      const left = await openSales(db, later);
      for (const { transaction_id } of left) {
        const decision = { status: 'ko', justification: 'it is not in the books of its supplier' };
        const { status } = await operator().post(`/admin/v1/transactions/${transaction_id}/resolutions`, decision);
        expect(status).toBe(201);
      }

      const { body } = await operator().get('/admin/v1/ledger/verification');
      expect(body).toMatchObject({ verified: true, faults: [] });
      await server.stop();
      const sums = await proveLedger(db, offer);
      const attempts = await db.query<KeptAttempt>(ATTEMPTS, [offer]);
      await db.close();
      const deliveries = await deliveriesOf(chain);

      const summary = {
        seed: SEED,
        orders: ORDERS,
        kills: kills.length,
        statuses,
        ok: sums.ok,
        ko: sums.ko,
        pendingAfterTheStorm: pending,
        endedByASupplierLater: workedOn,
        provenLater: pending - left.length,
        decidedByTheOperator: left.length,
        attempts: countBy(attempts, ({ number }) => `number ${number}`),
        delivered: countBy(deliveries, ({ connector }) => connector),
        lostFromTheLog: attempts.filter((each) => !each.is_logged && !isNeverSent(each)).length,
      };
      process.stdout.write(`${JSON.stringify(summary)}\n`);

      expect(sums).toMatchObject({ pending: 0, held: 0, ok: deliveries.length, granted: ORDERS });
      expect(sums.ok + sums.ko).toBe(ORDERS);
      // What is sold is in the books of the supplier that our books name, under the reference of that attempt.
      const sold = attempts.filter(({ status, is_last }) => status === 'ok' && is_last);
      const nameOf = (of: { connector: string }, reference: string): string => `${of.connector} ${reference}`;
      expect(new Set(sold.map((each) => nameOf(each, attemptReference(each))))).toEqual(
        new Set(deliveries.map((each) => nameOf(each, each.reference))),
      );
      expect(new Set(deliveries.map(({ line }) => line)).size).toBe(deliveries.length);
      // Nothing was tried behind an attempt that has delivered.
      expect(attempts.filter(({ status, is_last, number }) => status === 'ok' && is_last && number > 3)).toEqual([]);
      // Each attempt is in the log, but for what was never sent, and what a killed server was about to write.
      const isLost = ({ begun_at }: KeptAttempt): boolean =>
        kills.some((at) => at >= begun_at.getTime() && at - begun_at.getTime() < LOG_WITHIN_MS);
      expect(attempts.filter((each) => !each.is_logged && !isNeverSent(each) && !isLost(each))).toEqual([]);
      // What is to be proven has come up.
      expect(sold.some(({ number }) => number === 3)).toBe(true);
      expect(chain.filter(({ connector }) => !deliveries.some((each) => each.connector === connector))).toEqual([]);
    },
    MOST_MS,
  );
});

const isNeverSent = ({ message }: KeptAttempt): boolean => message?.startsWith('never sent') === true;

function countBy<T>(all: readonly T[], name: (of: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of all) counts[name(each)] = (counts[name(each)] ?? 0) + 1;
  return counts;
}
