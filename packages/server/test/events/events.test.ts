import { setTimeout as sleep } from 'node:timers/promises';
import type { Operator, TopupResult, Transaction, TravelB2B } from '@opentopup/client';
import { type EventQuery, eventsOf } from '@opentopup/client/events';
import { allOf } from '@opentopup/client/testing';
import { type Event, FIRST_CURSOR } from '@opentopup/contract';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { beginOutage, endOutage } from '../../src/connectors/outages.store.ts';
import type { Db } from '../../src/database/database.ts';
import { listEvents, type Position } from '../../src/events/events.query.ts';
import { continueCommitOrder, removeOldEvents, writeEvent } from '../../src/outbox/outbox.store.ts';
import {
  type Endpoint,
  type Lease,
  leaseEndpoints,
  renewLeases,
  returnEndpoint,
} from '../../src/webhooks/deliveries.store.ts';
import { addWebhook } from '../../src/webhooks/webhooks.store.ts';
import { distributorClient, operatorOf } from '../support/caller.ts';
import { IS_CITUS } from '../support/database.ts';
import { faultsOfAnswer } from '../support/description.ts';
import { openStream } from '../support/event-source.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const EVENTS = '/v1/events';
const idsOf = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);
const distributorIn = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).distributor_id;

describe.each(STORAGE_ENGINES)('events on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let other: TravelB2B;
  let operator: Operator;
  let wire: { shop: RawCaller; other: RawCaller };

  const start = async (): Promise<void> => {
    server = await world.start({ SEALING_KEY });
    shop = distributorClient(server, world.demo);
    other = distributorClient(server, world.demo.other);
    operator = operatorOf(server, world.demo.admin_token);
    wire = { shop: await rawSignIn(server, world.demo), other: await rawSignIn(server, world.demo.other) };
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    await start();
  });
  afterAll(() => world.remove());

  const until = (fact: () => unknown): Promise<void> =>
    vi.waitFor(async () => void (await fact()), { timeout: 60_000, interval: 50 });
  const eventsFor = (client: TravelB2B) => eventsOf(client.opentopup.operations);
  const sell = (ending = '587'): Promise<TopupResult> =>
    shop.topups.create({ offer_id: world.offer('msisdn'), parameters: { msisdn: `0684587${ending}` } });
  /** The transaction of a sale. */
  const idOf = (sale: TopupResult): string =>
    (sale.status === 'refused' ? sale.transactionId : sale.transaction.id) ?? '';
  const list = async (query: EventQuery = {}, by = shop): Promise<Event[]> => {
    const events = await allOf(eventsFor(by).list({ limit: 1_000, ...query }));
    expect(faultsOfAnswer('listEvents', { status: 200, body: events })).toEqual([]);
    return events;
  };
  const newest = async (by = shop): Promise<string> =>
    (await eventsFor(by).page({ order: 'newest', limit: 1 }))[0]?.id ?? FIRST_CURSOR;

  it('tell of every sale what became of it, and of a pending one twice', async () => {
    const from = await newest();
    const sold = await sell();
    const failed = await sell('002');
    const pending = await sell('010');
    await until(async () => expect(await list({ cursor: from })).toHaveLength(4));
    const events = await list({ cursor: from });
    expect(
      events
        .map(({ type, data }) => ({ type, ...(data as Transaction) }))
        .map(({ type, id, status }) => [type, id, status]),
    ).toEqual([
      ['transaction.completed', idOf(sold), 'ok'],
      ['transaction.failed', idOf(failed), 'ko'],
      ['transaction.pending', idOf(pending), 'pending'],
      ['transaction.resolved', idOf(pending), 'ok'],
    ]);
    expect(events.map(({ version }) => version)).toEqual([1, 1, 1, 1]);
    expect(events[0]?.data).toEqual(sold.status === 'ok' && sold.transaction);
  });

  // What happens to no distributor, or to all, is not told in an order there.
  it.skipIf(IS_CITUS)('tell of stock, offers, suppliers and the ledger, as the description says', async () => {
    const from = await newest();
    const offer = world.offer('small');
    const refill = { units: 7, reference: 'PO-7', justification: 'More' };
    await operator.stock.grant(offer, refill);
    await operator.stock.adjust(offer, { ...refill, units: -2, reference: 'IN-1' });
    await operator.offers.change(offer, { resell_value: 8.5 });
    await until(async () =>
      expect(await list({ cursor: from })).toMatchObject([
        { type: 'stock.granted', data: { offer_id: offer, units: 7, reference: 'PO-7', available: 107 } },
        { type: 'stock.adjusted', data: { offer_id: offer, units: -2, available: 105 } },
        { type: 'offer.changed', data: { offer_id: offer, version: 2, resell_value: 8.5 } },
      ]),
    );
    expect(await list({ cursor: from, types: ['offer.changed', 'stock.low'] })).toHaveLength(1);

    const [supplier] = await allOf(operator.suppliers.list());
    if (!supplier) throw new Error('the demo has no supplier');
    expect(await server.stop()).toBe(0);
    const db = await world.openDb();
    await beginOutage(db, supplier.id, 'it keeps silent', new Date());
    await beginOutage(db, supplier.id, 'it still does', new Date());
    await endOutage(db, supplier.id, new Date());
    // The proof of the ledger is due again.
    await db.query('DELETE FROM job_turns');
    await db.query('UPDATE buckets SET granted = granted + 1, available = available + 1 WHERE offer_id = $1', [offer]);
    await db.close();
    await start();
    await until(async () => expect((await list({ cursor: from })).length).toBeGreaterThanOrEqual(6));
    const told = await list({ cursor: from, types: ['supplier.down', 'supplier.up', 'ledger.mismatch'] });
    expect(told).toMatchObject([
      { type: 'supplier.down', data: { id: supplier.id, connector_status: 'down' } },
      { type: 'supplier.up', data: { id: supplier.id, connector_status: 'up' } },
      { type: 'ledger.mismatch', data: { offer_id: offer } },
    ]);
  });

  it('are listed page by page, in either order, without a gap', async () => {
    for (let n = 0; n < 3; n++) await sell();
    const newestSale = idOf(await sell());
    await until(async () => expect((await list()).at(-1)?.data).toMatchObject({ id: newestSale }));
    const all = await list();
    const follow = async (order: 'oldest' | 'newest'): Promise<string[]> => idsOf(await list({ order, limit: 3 }));
    expect(all.length).toBeGreaterThan(6);
    expect(await follow('oldest')).toEqual(idsOf(all));
    expect(await follow('newest')).toEqual(idsOf(all).toReversed());
    expect(await list({ cursor: FIRST_CURSOR })).toEqual(all);
  });

  it('are no cursor where they never were or are somebody else’s', async () => {
    const theirs = await newest();
    for (const cursor of [theirs, v7()]) {
      await expect(list({ cursor }, other)).rejects.toMatchObject({ status: 410, reason: 'event_gone' });
      expect((await openStream(server, wire.other.token, { after: cursor })).status).toBe(410);
    }
    expect((await openStream(server, wire.shop.token, { after: 'x' })).status).toBe(400);
    expect((await wire.shop.get(`${EVENTS}?types=sale`)).body.reason).toBe('invalid_query_parameter');
  });

  it('are streamed as they happen, and without a gap or a repeat to a client that is cut again and again', async () => {
    const from = await newest();
    const came: Event[] = [];
    const sold: string[] = [];
    const selling = (async () => {
      for (let n = 0; n < 40; n++) sold.push(idOf(await sell()));
    })();
    // Each connection is cut after its first event, and the next one goes on behind it.
    while (came.length < 40) {
      for await (const event of eventsFor(shop).follow({ from: came.at(-1)?.id ?? from })) {
        came.push(event);
        break;
      }
    }
    await selling;
    expect(idsOf(came)).toEqual(idsOf(await list({ cursor: from })));
    expect(came.map(({ data }) => (data as Transaction).id)).toEqual(sold);
  });

  it.skipIf(IS_CITUS)(
    'are streamed from now on without a Last-Event-ID, of the types that are asked for, to whom they happen',
    async () => {
      const stream = await openStream(server, wire.shop.token, { path: `${EVENTS}/stream?types=transaction.failed` });
      const foreign = await openStream(server, wire.other.token);
      const all = await openStream(server, world.demo.admin_token, { path: '/admin/v1/events/stream' });
      const sold = await sell();
      const failed = await sell('002');
      await until(() => expect(all.events).toHaveLength(2));
      await until(() => expect(stream.events).toHaveLength(1));
      expect(stream.events[0]).toMatchObject({
        type: 'transaction.failed',
        data: { data: { id: idOf(failed) } },
      });
      expect(all.events.map(({ data }) => [data.distributor_id, data.event.data.id])).toEqual([
        [distributorIn(wire.shop.token), idOf(sold)],
        [distributorIn(wire.shop.token), idOf(failed)],
      ]);
      expect(foreign.events).toEqual([]);
      for (const each of [stream, foreign, all]) each.cut();
    },
  );

  it('are streamed to ten of one client at once, and to another when one is gone', async () => {
    const open = await Promise.all(Array.from({ length: 10 }, () => openStream(server, wire.other.token)));
    expect(open.map(({ status }) => status)).toEqual(open.map(() => 200));
    expect((await openStream(server, wire.other.token)).status).toBe(429);
    open[0]?.cut();
    await until(async () => {
      const again = await openStream(server, wire.other.token);
      open.push(again);
      expect(again.status).toBe(200);
    });
    for (const each of open) each.cut();
  });

  it('end their streams when the server stops', async () => {
    const stream = await openStream(server, wire.shop.token);
    expect(await server.stop()).toBe(0);
    await stream.ended;
  });

  describe('in the database', () => {
    let db: Db;
    let distributor_id: string;
    beforeAll(async () => {
      await server.stop();
      db = await world.openDb();
      distributor_id = distributorIn(wire.other.token);
    });
    afterAll(() => db.close());

    const write = (on: Parameters<typeof writeEvent>[0], at = new Date()): Promise<string> =>
      writeEvent(on, { distributor_id, kind: 'webhook.test', subject_id: v7(), at, data: { webhook_id: v7() } });
    const after = async (from?: Position) =>
      listEvents(db, { distributor_id, order: 'oldest', ...(from && { from }) }, 1_000);
    const last = async (): Promise<Position | undefined> => (await after()).at(-1);

    // The embedded database has one connection: no transaction is ever open beside another one.
    it.skipIf(engine === 'pglite')('are not read past one whose transaction is still open', async () => {
      const from = await last();
      let early = '';
      let late = '';
      await db.transaction(async (tx) => {
        early = await write(tx);
        late = await write(db);
        expect(await after(from)).toEqual([]);
      });
      await until(async () => expect(idsOf(await after(from))).toEqual([early, late]));
    });

    it.skipIf(engine === 'pglite')(
      'are all read once by whoever follows them, in whatever order they commit',
      async () => {
        const from = await last();
        const written: string[] = [];
        const writers = Array.from({ length: 8 }, async () => {
          for (let n = 0; n < 25; n++) {
            await db.transaction(async (tx) => {
              const id = await write(tx);
              await sleep(Math.random() * 20);
              written.push(id);
            });
          }
        });
        const read: string[] = [];
        let position = from;
        await until(async () => {
          const rows = await after(position);
          position = rows.at(-1) ?? position;
          read.push(...idsOf(rows));
          expect(read.length).toBeGreaterThanOrEqual(200);
        });
        await Promise.all(writers);
        expect(read.toSorted()).toEqual(written.toSorted());
      },
    );

    it('come after all others also where the cluster that they were restored into has counted fewer transactions', async () => {
      const first = await write(db);
      await db.query('UPDATE events SET turn = turn + 1000000 WHERE distributor_id = $1', [distributor_id]);
      await continueCommitOrder(db);
      const second = await write(db);
      await continueCommitOrder(db);
      const third = await write(db);
      await until(async () => expect(idsOf((await after()).slice(-3))).toEqual([first, second, third]));
    });

    it('are removed when their time is over, but for the last, so that it stays a cursor', async () => {
      const kept = await write(db);
      await until(async () => expect((await last())?.id).toBe(kept));
      expect(await removeOldEvents(db, new Date(Date.now() + 1_000))).toBe('done');
      expect(idsOf(await after())).toEqual([kept]);
    });

    it('are sent by one process at a time, and by the next as soon as it has given the endpoint back', async () => {
      const now = new Date();
      const key = { distributor_id, id: v7() };
      const webhook = { ...key, url: 'https://shop.example/', events: [], secret: '' };
      await db.transaction((tx) => addWebhook(tx, webhook, now));
      await write(db);
      const [one, two] = [v7(), v7()].map((holder) => ({ holder, lease_ms: 600_000 })) as [Lease, Lease];
      const take = (lease: Lease) => leaseEndpoints(db, lease, now, 10, []);
      let mine: Endpoint | undefined;
      await until(async () => {
        [mine] = await take(one);
        expect(mine?.id).toBe(key.id);
      });
      expect(await take(two)).toEqual([]);
      await renewLeases(db, { ...one, lease_ms: 0 }, [key.id]);
      expect(await take(two)).toHaveLength(1);
      await returnEndpoint(db, { ...(mine as Endpoint), leased_by: two.holder });
      // It was asked for before the endpoint was given back, and comes after.
      await renewLeases(db, two, [key.id]);
      expect(await take(one)).toHaveLength(1);
    });
  });
});
