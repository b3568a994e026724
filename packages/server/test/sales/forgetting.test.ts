import { wireDate } from '@opentopup/contract';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { insertCalls, removeOldCalls } from '../../src/connectors/call-log.store.ts';
import type { Db } from '../../src/database/database.ts';
import { dateOf } from '../../src/database/ids.ts';
import { createStore } from '../../src/sales/store.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { ownerOf, pastOrders, sellInPast } from '../support/past.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const DAY_MS = 86_400_000;
const RECHARGED = new Date(Date.now() - 41 * DAY_MS);
const MSISDN = '+33684587587';
/** The supplier never tells what became of it. */
const NO_PROOF = '+33684587009';

describe.each(STORAGE_ENGINES)('with RETENTION_DAYS on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  /** More than are forgotten at once. */
  let old: string[];
  let pending: string;
  let late: string;
  let young: string[];

  const withDb = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const db = await world.openDb();
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  const parametersOf = async (id: string): Promise<unknown> =>
    (await shop.get(`/distributors/transactions/${id}`)).body.parameters;

  /** How many calls of its supplier are kept. */
  const callsOf = async (id: string): Promise<number> =>
    (await operator.get(`/admin/v1/transactions/${id}/exchanges`)).body.length;

  beforeAll(async () => {
    world = await createWorld(engine);
    const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);
    const offer = world.offer('msisdn');
    const orders = pastOrders(offer, ago(41), 1_200);
    const unknown = { status: 'pending', line: NO_PROOF } as const;
    const [open, settled] = pastOrders(offer, ago(42), 2).map((order) => ({ ...order, ...unknown }));
    const recent = pastOrders(offer, ago(39), 3);
    if (!open || !settled) throw new Error('no order');
    await withDb(async (db) => {
      await sellInPast(createStore(db), [open, settled, ...orders, ...recent]);
      const { distributor_id } = await ownerOf(createStore(db), offer);
      const said = {
        kind: 'recharge',
        supplier_id: v7(),
        attempt: 1,
        at: RECHARGED,
        duration_ms: 1,
        method: 'POST',
        status: 200,
        failure: null,
      } as const;
      await insertCalls(
        db,
        [open, settled, orders[0], ...recent].map((order) => ({
          ...said,
          distributor_id,
          transaction_id: order?.id ?? '',
          // Of the same moment, and of another name.
          id: v7({ msecs: dateOf(order?.id ?? '').getTime() }),
          sealed: null,
        })),
      );
    });
    [old, pending, late, young] = [orders.map(({ id }) => id), open.id, settled.id, recent.map(({ id }) => id)];
    server = await world.start({ RETENTION_DAYS: '40', EVENTS_KEEP_DAYS: '3650' });
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world?.remove());

  it('forgets whom sales were for that are older, and keeps all else of them', async () => {
    await vi.waitFor(async () => expect(await parametersOf(old.at(-1) as string)).toEqual({}), { timeout: 60_000 });
    expect(await parametersOf(old[0] as string)).toEqual({});
    expect((await shop.get(`/distributors/transactions/${old[0]}`)).body).toMatchObject({ id: old[0], status: 'ok' });
    expect(await parametersOf(young[0] as string)).toEqual({ msisdn: MSISDN });
    expect([await callsOf(old[0] as string), await callsOf(young[0] as string)]).toEqual([0, 1]);
    expect((await shop.get('/distributors/transactions/count?status=ok')).body.count).toBe(old.length + young.length);
  });

  it('leaves the ledger whole', async () => {
    const proof = await operator.get(`/admin/v1/ledger/verification?offer=${world.offer('msisdn')}`);
    expect(proof.body).toMatchObject({ verified: true, transactions: old.length + young.length + 2 });
  });

  it('keeps the number of a sale without an outcome as long as it has none, and then as long as that of any other', async () => {
    expect(await parametersOf(pending)).toEqual({ msisdn: NO_PROOF });
    expect(await callsOf(pending)).toBeGreaterThanOrEqual(1);
    const decision = { status: 'ko', justification: 'Nobody knows' };
    const path = `/admin/v1/transactions/${pending}/resolutions`;
    await vi.waitFor(async () => expect((await operator.post(path, decision)).status).toBe(201), { timeout: 60_000 });
    await server.stop();
    await withDb(async (db) => {
      const store = createStore(db);
      const at = new Date(Date.now() - 41 * DAY_MS);
      const end = { status: 'ok', reason: null, message: null, supplier_reference: null, at } as const;
      const { distributor_id } = await ownerOf(store, world.offer('msisdn'));
      await store.resolve({ distributor_id, transaction_id: late, ...end });
      // What is kept for so many days is kept for so many days from the end of its sale on.
      expect(await removeOldCalls(db, new Date(Date.now() - DAY_MS))).toBe('done');
    });
    server = await world.start({ RETENTION_DAYS: '40', EVENTS_KEEP_DAYS: '3650' });
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, world.demo.admin_token);
    await vi.waitFor(async () => expect(await parametersOf(late)).toEqual({}), { timeout: 60_000 });
    expect([await callsOf(late), await callsOf(young[0] as string)]).toEqual([0, 0]);
    expect(await parametersOf(pending)).toEqual({ msisdn: NO_PROOF });
    const kept = await operator.get(`/admin/v1/transactions/${pending}/exchanges`);
    expect(kept.body[0].date).toBe(wireDate(RECHARGED));
  });

  it('the database lets a line be forgotten, and nothing else become of it', async () => {
    await server.stop();
    await withDb(async (db) => {
      const change = (to: string) =>
        db.query(`UPDATE transactions SET line = ${to} WHERE id = $1`, [young[1] as string]);
      await expect(change(`'+33600000000'`)).rejects.toThrow('append-only');
      await expect(change('NULL')).rejects.toThrow('append-only');
      await change(`'forgotten'`);
      await expect(change(`'${MSISDN}'`)).rejects.toThrow('append-only');
    });
  });
});
