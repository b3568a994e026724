import { rm } from 'node:fs/promises';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOffer } from '../../src/catalogue/offers/offers.store.ts';
import { addProduct } from '../../src/catalogue/products/products.store.ts';
import { addSupplier } from '../../src/catalogue/suppliers/suppliers.store.ts';
import { OverCapacity } from '../../src/database/batch.ts';
import { type Db, sqlState } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { migrate, readMigrations, readPending, SchemaRefused } from '../../src/database/migrate.ts';
import { openPglite } from '../../src/database/pglite.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { addDistributor } from '../../src/distributors/distributors.store.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { type HoldRequest, type HoldResult, holdUnits } from '../../src/sales/hold.store.ts';
import { findIdempotencyKey, removeExpiredKeys } from '../../src/sales/idempotency/idempotency.store.ts';
import { openCasesForOrphans } from '../../src/sales/reconcile/reconcile.store.ts';
import {
  keepUnknownOutcome,
  type Resolution,
  type ResolveResult,
  resolveTransactions,
} from '../../src/sales/resolve.store.ts';
import { createStore, type Store } from '../../src/sales/store.ts';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { proveLedger } from '../support/ledger.ts';
import { createDataFolder } from '../support/server.ts';

const LIMIT = 1_000_000_000;

/** An empty database. */
interface Place {
  open: () => Promise<Db>;
  remove: () => Promise<void>;
}

async function pglitePlace(): Promise<Place> {
  const folder = await createDataFolder();
  return { open: () => openPglite(folder), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function postgresqlPlace(): Promise<Place> {
  const database = await createDatabase(await fixture('postgres'));
  return { open: async () => openPostgresql(database.url, () => {}), remove: () => database.drop() };
}

const PLACES: [string, () => Promise<Place>][] = [
  ['pglite', pglitePlace],
  ['postgresql', postgresqlPlace],
];

/** A distributor with a product to sell, in a database that is migrated. */
interface Shop {
  distributor_id: string;
  /** A new offer with so many units in its bucket. */
  stocked: (units: number) => Promise<string>;
  grant: (offer_id: string, units: number, reference?: string) => ReturnType<typeof bookUnits>;
  order: (offer_id: string, more?: Partial<HoldRequest>) => HoldRequest;
  verdict: (transaction_id: string, status: 'ok' | 'ko', more?: Partial<Resolution>) => Resolution;
}

/** The catalogue's version, as all shops of a test last left it. */
let version = 0;

async function openShop(db: Db): Promise<Shop> {
  const [distributor_id, supplier_id, product_id] = [newId(), newId(), newId()];
  await addDistributor(db, { id: distributor_id, name: 'Till', world: 'live' });
  await addSupplier(db, { id: supplier_id, name: 'Orange France', country: 'FR', connector: 'simulator' });
  await addProduct(db, {
    id: product_id,
    supplier_id,
    name: '10 EUR',
    type: 'topup',
    transaction_type: 'airtime topup',
    line_kind: 'msisdn',
    status: 'available',
    coverage_zone: ['FR'],
    tags: [],
    currency: 'EUR',
    bonus_value_minor: 1_000,
    supplier_reference: null,
    metadata: {},
  });
  const readVersion = async (): Promise<number> => {
    const [row] = await db.query<{ version: number }>('SELECT version FROM catalogue_version');
    return row?.version ?? 0;
  };
  version = await readVersion();
  const shop: Shop = {
    distributor_id,
    stocked: async (units) => {
      const offer = { name: 'Ten', resell_value_minor: 792, tags: [], expires_at: null };
      const id = newId();
      await addOffer(db, { id, distributor_id, product_id, ...offer });
      version = await readVersion();
      if (units > 0) await shop.grant(id, units);
      return id;
    },
    grant: (offer_id, units, reference = newId()) => {
      const wanted = { kind: 'grant', offer_id, units, reference, justification: 'delivery note' } as const;
      return db.transaction((tx) => bookUnits(tx, wanted, new Date(), LIMIT));
    },
    order: (offer_id, more = {}) => ({
      id: newId(),
      distributor_id,
      offer_id,
      offer_version: 1,
      line: '+33684587587',
      user_id: null,
      voucher_id: null,
      idempotency: null,
      catalogue_version: version,
      ...more,
    }),
    verdict: (transaction_id, status, more = {}) => ({
      distributor_id,
      transaction_id,
      status,
      reason: status === 'ok' ? null : 'line_barred',
      message: status === 'ok' ? null : 'line barred',
      supplier_reference: status === 'ok' ? 'R-1' : null,
      at: new Date(),
      ...more,
    }),
  };
  return shop;
}

/** What the database says to a statement that it refuses. */
async function refusalOf(db: Db, sql: string, params: string[] = []): Promise<{ message: string; state?: string }> {
  try {
    await db.query(sql, params);
  } catch (error) {
    const state = sqlState(error);
    return { message: (error as Error).message, ...(state !== undefined && { state }) };
  }
  return { message: 'it was done' };
}

/** The names of results, for comparing at a glance. */
const words = (results: readonly HoldResult[]): string[] => results.map(({ result }) => result);

describe.each(PLACES)('the store on %s', (_, makePlace) => {
  let place: Place;
  let db: Db;
  let store: Store;
  let shop: Shop;

  beforeAll(async () => {
    place = await makePlace();
    db = await place.open();
    await migrate(db);
    store = createStore(db);
    shop = await openShop(db);
  });
  afterAll(async () => {
    await db?.close();
    await place?.remove();
  });

  const stocked: Shop['stocked'] = (units) => shop.stocked(units);
  const grant: Shop['grant'] = (...of) => shop.grant(...of);
  const order: Shop['order'] = (...of) => shop.order(...of);
  const verdict: Shop['verdict'] = (...of) => shop.verdict(...of);

  /** A transaction that is pending. */
  const held = async (offer_id: string): Promise<string> => {
    const request = order(offer_id);
    expect(await store.hold(request)).toMatchObject({ result: 'held' });
    return request.id;
  };

  /** How much of a table there is about an offer: nothing is written twice, nothing of it is changed. */
  const transactionsOf = (offer_id: string): Promise<{ id: string; line: string; user_id: string | null }[]> =>
    db.query('SELECT id, line, user_id FROM transactions WHERE offer_id = $1 ORDER BY id', [offer_id]);

  describe('holding', () => {
    it('serves a batch for several offers, each from its own bucket', async () => {
      const [a, b, none] = await Promise.all([stocked(2), stocked(5), stocked(0)]);
      const requests = [a, b, none, a, b, a, b].map((offer) => order(offer, { user_id: 'till 7' }));
      const results = await holdUnits(db.batches, requests);

      expect(words(results)).toEqual(['held', 'held', 'empty', 'held', 'held', 'empty', 'held']);
      expect(await proveLedger(db, a)).toMatchObject({ available: 0, held: 2, pending: 2 });
      expect(await proveLedger(db, b)).toMatchObject({ available: 2, held: 3, pending: 3 });
      expect(await proveLedger(db, none)).toMatchObject({ granted: 0, held: 0, pending: 0 });
      const kept = [requests[0], requests[3]].map((r) => ({ id: r?.id, line: '+33684587587', user_id: 'till 7' }));
      expect(await transactionsOf(a)).toEqual(kept);
    });

    it('serves the first to come where there is not enough for all, and leaves no trace of the others', async () => {
      const offer = await stocked(3);
      const requests = Array.from({ length: 8 }, () => order(offer));
      // Their order of arrival is not the order of their ids.
      const arriving = [5, 2, 7, 0, 1, 3, 4, 6].map((i) => requests[i] as HoldRequest);
      expect(words(await holdUnits(db.batches, arriving))).toEqual(['held', 'held', 'held', ...Array(5).fill('empty')]);
      expect((await transactionsOf(offer)).map(({ id }) => id)).toEqual([2, 5, 7].map((i) => requests[i]?.id));
      const moved = await db.query<{ transaction_id: string }>(
        `SELECT transaction_id FROM movements WHERE offer_id = $1 AND kind = 'hold' ORDER BY seq`,
        [offer],
      );
      expect(moved.map((row) => row.transaction_id)).toEqual([5, 2, 7].map((i) => requests[i]?.id));
      await proveLedger(db, offer);
    });

    it('of an offer that does not exist, or is somebody else’s, finds nothing', async () => {
      const offer = await stocked(1);
      const requests = [order(newId()), order(offer, { distributor_id: newId() })];
      expect(words(await holdUnits(db.batches, requests))).toEqual(['empty', 'empty']);
      expect(await proveLedger(db, offer)).toMatchObject({ available: 1, pending: 0 });
    });

    it('once for each key: a repeated one is told of the first', async () => {
      const offer = await stocked(10);
      const idempotency = { key: newId(), request_sha256: 'digest of the first', life_s: 60 };
      const first = order(offer, { idempotency });
      const known = { result: 'known', transaction_id: first.id, request_sha256: 'digest of the first' };

      const again = Array.from({ length: 3 }, () => order(offer, { idempotency }));
      const results = await holdUnits(db.batches, [order(offer), first, ...again, order(offer)]);
      expect(results).toMatchObject([{ result: 'held' }, { result: 'held' }, known, known, known, { result: 'held' }]);

      const otherBody = order(offer, { idempotency: { ...idempotency, request_sha256: 'digest of another' } });
      expect(await store.hold(otherBody)).toEqual(known);
      expect(await proveLedger(db, offer)).toMatchObject({ available: 7, held: 3, pending: 3 });
    });

    it('takes the same key of two distributors for two keys', async () => {
      const other = await openShop(db);
      const [mine, theirs] = await Promise.all([stocked(1), other.stocked(1)]);
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      const results = await holdUnits(db.batches, [order(mine, { idempotency }), other.order(theirs, { idempotency })]);
      expect(words(results)).toEqual(['held', 'held']);
    });

    it('keeps no key of a request that came to nothing, so that it can be repeated when there is stock', async () => {
      const offer = await stocked(0);
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      expect(await store.hold(order(offer, { idempotency }))).toMatchObject({ result: 'empty' });
      await grant(offer, 1);
      expect(await store.hold(order(offer, { idempotency }))).toMatchObject({ result: 'held' });
    });

    it('with one key twice, the first of them checked by an older catalogue, does nothing for either', async () => {
      const offer = await stocked(5);
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      const old = order(offer, { idempotency, catalogue_version: version - 1 });
      const results = await holdUnits(db.batches, [old, order(offer, { idempotency }), order(offer)]);
      expect(words(results)).toEqual(['stale', 'stale', 'held']);
    });

    it('with one key twice for the last unit gives it to the first, and the second is told so', async () => {
      const offer = await stocked(1);
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      const results = await holdUnits(db.batches, [
        order(offer, { idempotency }),
        order(offer, { idempotency }),
        order(offer),
      ]);
      expect(words(results)).toEqual(['held', 'known', 'empty']);
    });
  });

  describe('a key', () => {
    const LIFE_S = 60;
    const ORDERED_AGO_S = 100;
    const UNGUARDED = { line_units_per_day: null, user_units_per_hour: 1_000, repeat_guard_minutes: null };
    const agoOf = (seconds: number): number => Date.now() - seconds * 1_000;

    /** Its order, made longer ago than the key lives, and settled so long ago; null: not yet. */
    async function orderedUnderKey(offer: string, status: 'ok' | 'ko', settledAgo_s: number | null) {
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: LIFE_S };
      const first = order(offer, { idempotency, user_id: 'till', id: v7({ msecs: agoOf(ORDERED_AGO_S) }) });
      expect(await store.hold(first)).toMatchObject({ result: 'held' });
      await db.query(`UPDATE idempotency_keys SET expires_at = now() - make_interval(secs => $2) WHERE key = $1`, [
        idempotency.key,
        ORDERED_AGO_S - LIFE_S,
      ]);
      const at = settledAgo_s === null ? null : new Date(agoOf(settledAgo_s));
      if (at) await store.resolve(verdict(first.id, status, { at }));
      return { key: idempotency.key, first, again: () => order(offer, { idempotency, user_id: 'till' }) };
    }

    it.each<['ok' | 'ko', number | null, boolean]>([
      ['ok', null, true],
      ['ok', 0, true],
      ['ko', 0, true],
      ['ok', LIFE_S - 10, true],
      ['ko', LIFE_S - 10, true],
      ['ok', LIFE_S + 10, false],
      ['ko', LIFE_S + 10, false],
      ['ok', ORDERED_AGO_S, false],
    ])('of a sale that is %s since %s seconds counts: %s, to whoever asks', async (status, settledAgo_s, counts) => {
      const offer = await stocked(6);
      const keyed = () => orderedUnderKey(offer, status, settledAgo_s);
      const [one, two, three] = [await keyed(), await keyed(), await keyed()];
      const answers = [
        await store.hold(one.again()),
        await store.holdGuarded({ request: two.again(), guards: UNGUARDED }),
      ];
      await removeExpiredKeys(db);
      const isFound = (await findIdempotencyKey(db, shop.distributor_id, three.key)) !== null;
      const isKept = (await db.query('SELECT FROM idempotency_keys WHERE key = $1', [three.key])).length === 1;
      const known = [one, two].map(({ first }) => ({
        result: 'known',
        transaction_id: first.id,
        request_sha256: 'digest',
      }));
      expect([...answers, isFound, isKept]).toMatchObject(
        counts ? [...known, true, true] : [{ result: 'held' }, { result: 'held' }, false, false],
      );
    });

    it('that was given to another order counts for that one, as long as that is pending and then its whole life', async () => {
      const offer = await stocked(3);
      const { again } = await orderedUnderKey(offer, 'ok', LIFE_S + 10);
      const second = { ...again(), id: v7({ msecs: agoOf(1) }) };
      expect(await store.hold(second)).toMatchObject({ result: 'held' });
      expect(await store.hold(again())).toMatchObject({ result: 'known', transaction_id: second.id });
      await store.resolve(verdict(second.id, 'ok'));
      expect(await store.hold(again())).toMatchObject({ result: 'known', transaction_id: second.id });
    });
  });

  describe('holding with a guard', () => {
    const OFF = { line_units_per_day: null, user_units_per_hour: null, repeat_guard_minutes: null };
    const SOLD_MS = Date.UTC(2026, 0, 31, 12);

    it.each([
      ['line_units_per_day', 'line_limit', 24 * 3_600_000],
      ['user_units_per_hour', 'user_limit', 3_600_000],
      ['repeat_guard_minutes', 'repeated', 60_000],
    ] as const)('of %s refuses as long as it says, and then no more', async (guard, result, long_ms) => {
      const more = { line: `line of ${guard}`, user_id: guard };
      const offer = await stocked(3);
      const orderAt = (ms: number) => order(offer, { ...more, id: v7({ msecs: SOLD_MS + ms }) });
      const guards = { ...OFF, [guard]: 1 };
      const holdAt = (ms: number) => store.holdGuarded({ request: orderAt(ms), guards });
      const first = orderAt(0);
      expect(await store.holdGuarded({ request: first, guards })).toMatchObject({ result: 'held' });
      await store.resolve(verdict(first.id, 'ok'));
      expect(await holdAt(long_ms)).toEqual({ result });
      expect(await holdAt(long_ms + 1)).toMatchObject({ result: 'held' });
      expect(await proveLedger(db, offer)).toMatchObject({ available: 1, held: 1, sold: 1 });
    });

    it('against repeats refuses as long as one is pending, however long, and not the other offers of its line', async () => {
      const [offer, other] = await Promise.all([stocked(3), stocked(1)]);
      const guards = { ...OFF, repeat_guard_minutes: 1 };
      const line = 'line of a sale without an outcome';
      const hold = (of: string) => store.holdGuarded({ request: order(of, { line }), guards });
      const long = order(offer, { line, id: v7({ msecs: Date.now() - 40 * 86_400_000 }) });
      expect(await store.hold(long)).toMatchObject({ result: 'held' });
      const at = new Date();
      const { distributor_id, id: transaction_id } = long;
      await keepUnknownOutcome(db, { distributor_id, transaction_id, cause: 'no answer', at, next_at: at });
      expect(await hold(offer)).toEqual({ result: 'repeated' });
      expect(await hold(other)).toMatchObject({ result: 'held' });
      await store.resolve(verdict(long.id, 'ok'));
      expect(await hold(offer)).toMatchObject({ result: 'held' });
    });
  });

  it('the search for orders of a dead process goes on from now where a clock that was wrong has led it ahead', async () => {
    const offer = await stocked(1);
    const orphan = await held(offer);
    const found = async (): Promise<boolean> =>
      (await db.query('SELECT FROM unknown_outcomes WHERE transaction_id = $1', [orphan])).length === 1;
    const searchAt = (ms: number) => openCasesForOrphans(db, new Date(Date.now() + ms), new Date());
    // While the clock was right, then a year ahead, then right again.
    for (const ms of [-60_000, 365 * 86_400_000, -60_000]) await searchAt(ms);
    await db.query('DELETE FROM unknown_outcomes WHERE transaction_id = $1', [orphan]);
    expect(await found()).toBe(false);
    await searchAt(1_000);
    expect(await found()).toBe(true);
    await db.query('DELETE FROM unknown_outcomes');
  });

  describe('settling', () => {
    it('serves a batch: what was delivered is sold, what was refused comes back', async () => {
      const [a, b] = await Promise.all([stocked(3), stocked(3)]);
      const ids = [await held(a), await held(b), await held(a), await held(b), await held(a)] as const;
      const results = await resolveTransactions(db.batches, [
        verdict(ids[0], 'ok'),
        verdict(ids[1], 'ko'),
        verdict(ids[2], 'ko'),
        verdict(newId(), 'ok'),
        verdict(ids[3], 'ok'),
      ]);

      expect(results.map(({ settled, final }) => (settled ? final?.status : final))).toEqual([
        'ok',
        'ko',
        'ko',
        null,
        'ok',
      ]);
      expect(await proveLedger(db, a)).toEqual({
        granted: 3,
        available: 1,
        held: 1,
        sold: 1,
        ok: 1,
        ko: 1,
        pending: 1,
      });
      expect(await proveLedger(db, b)).toMatchObject({ available: 2, held: 0, sold: 1, ok: 1, ko: 1 });
    });

    it('gives back for good: the unit can be held again', async () => {
      const offer = await stocked(1);
      await store.resolve(verdict(await held(offer), 'ko'));
      await store.resolve(verdict(await held(offer), 'ok'));
      expect(await store.hold(order(offer))).toMatchObject({ result: 'empty' });
      expect(await proveLedger(db, offer)).toMatchObject({ available: 0, sold: 1, ok: 1, ko: 1 });
    });

    it.each<['ok' | 'ko', 'ok' | 'ko']>([
      ['ok', 'ok'],
      ['ok', 'ko'],
      ['ko', 'ko'],
      ['ko', 'ok'],
    ])('%s and later %s: the first one stands, and nothing moves a second time', async (first, second) => {
      const offer = await stocked(1);
      const id = await held(offer);
      const at = new Date('2026-02-03T04:05:06.789Z');
      const settling = await store.resolve(verdict(id, first, { at }));
      const final =
        first === 'ok'
          ? { status: 'ok', reason: null, message: null, attempt: null, at }
          : { status: 'ko', reason: 'line_barred', message: 'line barred', attempt: null, at };
      expect(settling).toEqual({ final, settled: true });

      const before = await proveLedger(db, offer);
      const late = verdict(id, second, { ...(second === 'ko' && { reason: 'line_unknown', message: 'line unknown' }) });
      expect(await store.resolve(late)).toEqual({ final, settled: false });
      expect(await proveLedger(db, offer)).toEqual(before);
      expect(before[first]).toBe(1);
    });

    it.each<['ok' | 'ko', 'ok' | 'ko']>([
      ['ok', 'ko'],
      ['ko', 'ok'],
      ['ok', 'ok'],
    ])('%s and %s in the same batch: the first one stands for both', async (first, second) => {
      const offer = await stocked(2);
      const [id, other] = [await held(offer), await held(offer)];
      const results = await resolveTransactions(db.batches, [
        verdict(id, first),
        verdict(other, 'ok'),
        verdict(id, second),
      ]);
      expect(results.map(({ settled, final }) => [settled, final?.status])).toEqual([
        [true, first],
        [true, 'ok'],
        [false, first],
      ]);
      expect(await proveLedger(db, offer)).toMatchObject({ held: 0, sold: first === 'ok' ? 2 : 1, pending: 0 });
    });

    it('knows nothing of another distributor’s transaction', async () => {
      const offer = await stocked(1);
      const id = await held(offer);
      expect(await store.resolve(verdict(id, 'ok', { distributor_id: newId() }))).toEqual({
        final: null,
        settled: false,
      });
      expect(await proveLedger(db, offer)).toMatchObject({ held: 1, sold: 0, pending: 1 });
    });
  });

  describe('batching', () => {
    it('a request that the database cannot take fails alone, and those around it are served', async () => {
      const offer = await stocked(20);
      const requests = Array.from({ length: 11 }, (__, i) =>
        order(offer, { line: i === 5 ? '+336845\u000087587' : '+33684587587' }),
      );
      const results = await Promise.allSettled(requests.map((request) => store.hold(request)));

      expect(results.map(({ status }) => status)).toEqual([
        ...Array(5).fill('fulfilled'),
        'rejected',
        ...Array(5).fill('fulfilled'),
      ]);
      const bad = results[5] as PromiseRejectedResult;
      expect(sqlState(bad.reason)).toMatch(/^22/);
      expect(await proveLedger(db, offer)).toMatchObject({ available: 10, held: 10, pending: 10 });
      const kept = (await transactionsOf(offer)).map(({ id }) => id);
      expect(kept).toEqual(requests.filter((__, i) => i !== 5).map(({ id }) => id));
    });

    it('an outcome that the database cannot take fails alone, and those around it are settled', async () => {
      const offer = await stocked(3);
      const ids = [await held(offer), await held(offer), await held(offer)] as const;
      const results = await Promise.allSettled([
        store.resolve(verdict(ids[0], 'ok')),
        // Refused by a constraint: what failed has a reason.
        store.resolve(verdict(ids[1], 'ko', { reason: null })),
        store.resolve(verdict(ids[2], 'ko')),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(sqlState((results[1] as PromiseRejectedResult).reason)).toBe('23514');
      expect(await proveLedger(db, offer)).toMatchObject({ available: 1, held: 1, sold: 1, pending: 1, ok: 1, ko: 1 });
    });

    it('of several offers, with a key that comes twice and one request that breaks a constraint, serves all but that', async () => {
      const [a, b] = await Promise.all([stocked(3), stocked(1)]);
      const taken = await held(a);
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      const first = order(a, { idempotency });
      const results = await Promise.allSettled(
        [
          first,
          order(b),
          // Its id is that of another transaction.
          order(a, { id: taken }),
          order(b, { idempotency }),
          order(b),
          order(a),
          order(a),
        ].map((request) => store.hold(request)),
      );
      const known = { result: 'known', transaction_id: first.id, request_sha256: 'digest' };
      expect(results.map((each) => (each.status === 'fulfilled' ? each.value : sqlState(each.reason)))).toMatchObject([
        { result: 'held' },
        { result: 'held' },
        '23505',
        known,
        { result: 'empty' },
        { result: 'held' },
        { result: 'empty' },
      ]);
      expect(await proveLedger(db, a)).toMatchObject({ available: 0, held: 3, pending: 3 });
      expect(await proveLedger(db, b)).toMatchObject({ available: 0, held: 1, pending: 1 });
    });

    it('serves more requests at once than go into one batch', async () => {
      const offer = await stocked(700);
      const results = await Promise.all(Array.from({ length: 1_200 }, () => store.hold(order(offer))));
      expect(words(results).filter((word) => word === 'held')).toHaveLength(700);
      expect(await proveLedger(db, offer)).toMatchObject({ available: 0, held: 700, pending: 700 });
    });

    it('takes 2,500 holds that wait, refuses one more, and takes more when those are done', async () => {
      const offer = await stocked(5);
      const calls = Array.from({ length: 2_501 }, () => store.hold(order(offer)));
      const results = await Promise.allSettled(calls);

      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(1);
      expect(results.at(-1)).toBe(refused[0]);
      expect(refused[0]?.reason).toBeInstanceOf(OverCapacity);
      expect(await proveLedger(db, offer)).toMatchObject({ available: 0, held: 5, pending: 5 });
      expect(await store.hold(order(offer))).toMatchObject({ result: 'empty' });
    });

    it('never refuses an outcome, however many wait', async () => {
      const offer = await stocked(1);
      const id = await held(offer);
      const calls: Promise<ResolveResult>[] = Array.from({ length: 10_500 }, () =>
        store.resolve(verdict(newId(), 'ok')),
      );
      calls.push(store.resolve(verdict(id, 'ok')));
      expect((await Promise.all(calls)).at(-1)?.settled).toBe(true);
    });
  });

  describe('the ledger', () => {
    it('adds up to the counters without a gap after everything that can happen', async () => {
      const offer = await stocked(40);
      const ids = await Promise.all(
        Array.from({ length: 40 }, async () => {
          const request = order(offer);
          expect(await store.hold(request)).toMatchObject({ result: 'held' });
          return request.id;
        }),
      );
      await Promise.all([
        ...ids.slice(0, 30).map((id, i) => store.resolve(verdict(id, i % 3 === 0 ? 'ko' : 'ok'))),
        grant(offer, 7),
        ...Array.from({ length: 10 }, () => store.hold(order(offer))),
        ...ids.slice(0, 5).map((id) => store.resolve(verdict(id, 'ko'))),
      ]);
      const sums = await proveLedger(db, offer);
      expect(sums).toMatchObject({ granted: 47, sold: 20, ok: 20, ko: 10 });
      expect(sums.held).toBeGreaterThanOrEqual(10);
    });

    it.each([
      ['movements', 'units = 2'],
      ['transactions', "user_id = 'somebody else'"],
      ['resolutions', "status = 'ko'"],
    ])('is only ever added to: the database refuses to change, delete or empty %s', async (table, change) => {
      const offer = await stocked(2);
      const id = await held(offer);
      await store.resolve(verdict(id, 'ok'));
      const all = () => db.query<{ n: number }>(`SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM ${table} t`);
      const before = await all();

      const attempts = [
        `UPDATE ${table} SET ${change}`,
        `UPDATE ${table} SET ${change} WHERE false`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ];
      for (const sql of attempts) {
        expect({ sql, ...(await refusalOf(db, sql)) }).toEqual({
          sql,
          message: `${table} is append-only`,
          state: '23001',
        });
      }
      expect(await all()).toEqual(before);
    });

    it.each([
      ['fewer units than none', 'available = available - 2, held = held + 2'],
      ['units from nowhere', 'available = available + 1'],
    ])('never has %s: the database refuses it', async (__, change) => {
      const offer = await stocked(1);
      const refusal = await refusalOf(db, `UPDATE buckets SET ${change} WHERE offer_id = $1`, [offer]);
      expect(refusal.state).toBe('23514');
      expect(await proveLedger(db, offer)).toMatchObject({ granted: 1, available: 1, held: 0 });
    });
  });

  describe('granting', () => {
    it('adds units, once for each reference', async () => {
      const offer = await stocked(0);
      const first = await grant(offer, 30, 'DN-1');
      expect(first).toMatchObject({
        result: 'booked',
        booked: { units: 30, reference: 'DN-1', bucket: { granted: 30, available: 30, held: 0, sold: 0 } },
      });
      await held(offer);
      const again = await grant(offer, 30, 'DN-1');
      expect(again).toMatchObject({ result: 'known', booked: { units: 30, bucket: { granted: 30, available: 29 } } });
      expect(await grant(offer, 5, 'DN-2')).toMatchObject({ result: 'booked' });
      expect(await proveLedger(db, offer)).toMatchObject({ granted: 35, available: 34, held: 1 });
    });

    it('refuses a reference that was used for other units', async () => {
      const offer = await stocked(0);
      await grant(offer, 30, 'DN-1');
      expect(await grant(offer, 31, 'DN-1')).toEqual({ result: 'conflict' });
      expect(await proveLedger(db, offer)).toMatchObject({ granted: 30 });
    });

    it('takes one reference for two offers as two grants', async () => {
      const [a, b] = await Promise.all([stocked(0), stocked(0)]);
      expect(await grant(a, 1, 'DN-1')).toMatchObject({ result: 'booked' });
      expect(await grant(b, 2, 'DN-1')).toMatchObject({ result: 'booked' });
    });

    it('books one grant that comes ten times at once only once', async () => {
      const offer = await stocked(0);
      const results = await Promise.all(Array.from({ length: 10 }, () => grant(offer, 30, 'DN-1')));
      expect(results.map(({ result }) => result).toSorted()).toEqual(['booked', ...Array(9).fill('known')]);
      expect(await proveLedger(db, offer)).toMatchObject({ granted: 30, available: 30 });
    });

    it('stops at the most a bucket may be granted, and knows no offer that does not exist', async () => {
      const offer = await stocked(0);
      expect(await grant(offer, LIMIT)).toMatchObject({ result: 'booked' });
      expect(await grant(offer, 1)).toEqual({ result: 'too_many' });
      expect(await grant(newId(), 1)).toEqual({ result: 'no_offer' });
      expect(await proveLedger(db, offer)).toMatchObject({ granted: LIMIT });
    });
  });
});

describe.each(PLACES)('one key twice at once on %s', (_, makePlace) => {
  it('where no unit is left is answered: both find it empty', async () => {
    const place = await makePlace();
    const db = await place.open();
    let asked = 0;
    // So that a store which asks again and again fails here rather than never ends.
    const patient: Db = {
      ...db,
      query: async (sql, params) => {
        asked += 1;
        if (asked > 50) throw new Error('the database was asked 50 times, without an end');
        return db.query(sql, params);
      },
    };
    try {
      await migrate(db);
      const shop = await openShop(db);
      const offer = await shop.stocked(0);
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      const requests = [shop.order(offer, { idempotency }), shop.order(offer, { idempotency })];
      expect(words(await holdUnits(patient, requests))).toEqual(['empty', 'empty']);

      const last = await shop.stocked(1);
      const three = [shop.order(last), shop.order(last, { idempotency }), shop.order(last, { idempotency })];
      expect(words(await holdUnits(patient, three))).toEqual(['held', 'empty', 'empty']);
    } finally {
      await db.close();
      await place.remove();
    }
  });
});

describe('two processes on one PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let dbs: [Db, Db];
  let stores: [Store, Store];
  let shop: Shop;

  beforeAll(async () => {
    database = await createDatabase(await fixture('postgres'));
    dbs = [openPostgresql(database.url, () => {}), openPostgresql(database.url, () => {})];
    await migrate(dbs[0]);
    stores = [createStore(dbs[0]), createStore(dbs[1])];
    shop = await openShop(dbs[0]);
  });
  afterAll(async () => {
    await Promise.all((dbs ?? []).map((db) => db.close()));
    await database?.drop();
  });

  /** Each of so many calls, by turns in one process and the other, all at once. */
  const byTurns = <T>(count: number, call: (store: Store, nth: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, nth) => call(stores[nth % 2] as Store, nth)));

  it('hold exactly 100 units of 100 for 300 orders at once', async () => {
    const offer = await shop.stocked(100);
    const results = await byTurns(300, (store) => store.hold(shop.order(offer)));
    expect(words(results).filter((word) => word === 'held')).toHaveLength(100);
    expect(words(results).filter((word) => word === 'empty')).toHaveLength(200);
    expect(await proveLedger(dbs[0], offer)).toMatchObject({ available: 0, held: 100, pending: 100 });
  });

  it('hold once for a key that comes to both at the same time', async () => {
    const offer = await shop.stocked(200);
    for (let round = 0; round < 20; round += 1) {
      const idempotency = { key: newId(), request_sha256: 'digest', life_s: 60 };
      const requests = Array.from({ length: 6 }, () => shop.order(offer, { idempotency }));
      const results = await byTurns(6, (store, nth) => store.hold(requests[nth] as HoldRequest));
      const winner = results.findIndex(({ result }) => result === 'held');
      const known = { result: 'known', transaction_id: requests[winner]?.id, request_sha256: 'digest' };
      expect(results).toMatchObject(requests.map((__, nth) => (nth === winner ? { result: 'held' } : known)));
    }
    expect(await proveLedger(dbs[0], offer)).toMatchObject({ available: 180, held: 20, pending: 20 });
  });

  it('take keys in one order, so that none waits for the other for ever', async () => {
    const [one, another] = await Promise.all([shop.stocked(400), shop.stocked(400)]);
    for (let round = 0; round < 30; round += 1) {
      const keys = Array.from({ length: 12 }, () => ({ key: newId(), request_sha256: 'digest', life_s: 60 }));
      const batchOf = (offer: string, order: typeof keys) =>
        order.map((idempotency) => shop.order(offer, { idempotency }));
      const [first, second] = await Promise.all([
        holdUnits(dbs[0].batches, batchOf(one, keys)),
        holdUnits(dbs[1].batches, batchOf(another, keys.toReversed())),
      ]);
      expect(words([...first, ...second]).filter((word) => word === 'held')).toHaveLength(12);
    }
  });

  it('hold exactly as many units for one line as its guard allows, though its orders come to both', async () => {
    const offer = await shop.stocked(100);
    const guards = { line_units_per_day: 5, user_units_per_hour: 7, repeat_guard_minutes: null };
    const line = '+33684510001';
    const results = await byTurns(40, (store, nth) =>
      store.holdGuarded({ request: shop.order(offer, { line, user_id: `till ${nth % 3}` }), guards }),
    );
    expect(results.filter(({ result }) => result === 'held')).toHaveLength(5);
    expect(results.filter(({ result }) => result === 'line_limit')).toHaveLength(35);
  });

  it('serve others while many orders wait for one line', async () => {
    const offer = await shop.stocked(100);
    const guards = { line_units_per_day: 100, user_units_per_hour: null, repeat_guard_minutes: null };
    const line = '+33684510002';
    const waiting = await dbs[1].transaction(async (tx) => {
      const name = `line ${shop.distributor_id} ${line}`;
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
      const orders = Array.from({ length: 40 }, () =>
        stores[0].holdGuarded({ request: shop.order(offer, { line }), guards }),
      );
      await Promise.all(Array.from({ length: 20 }, () => dbs[0].query('SELECT 1')));
      expect(await stores[0].hold(shop.order(offer))).toMatchObject({ result: 'held' });
      return orders;
    });
    const results = await Promise.all(waiting);
    expect(results.filter(({ result }) => result === 'held')).toHaveLength(40);
  });

  it('settle once what comes to both at the same time, with one verdict for all', async () => {
    const offer = await shop.stocked(30);
    const orders = Array.from({ length: 30 }, () => shop.order(offer));
    await byTurns(30, (store, nth) => store.hold(orders[nth] as HoldRequest));
    for (const { id } of orders) {
      const results = await byTurns(4, (store, nth) => store.resolve(shop.verdict(id, nth % 2 === 0 ? 'ok' : 'ko')));
      expect(results.filter(({ settled }) => settled)).toHaveLength(1);
      expect(new Set(results.map(({ final }) => final?.status)).size).toBe(1);
    }
    expect(await proveLedger(dbs[0], offer)).toMatchObject({ held: 0, pending: 0 });
  });

  it('hold and settle several offers in any order without waiting for each other for ever', async () => {
    const offers = await Promise.all(Array.from({ length: 6 }, () => shop.stocked(100)));
    await byTurns(400, async (store, nth) => {
      const request = shop.order(offers[(nth * 5) % 6] as string);
      if ((await store.hold(request)).result !== 'held') return;
      await store.resolve(shop.verdict(request.id, nth % 3 === 0 ? 'ko' : 'ok'));
    });
    for (const offer of offers) {
      expect(await proveLedger(dbs[1], offer)).toMatchObject({ granted: 100, held: 0, pending: 0 });
    }
  });
});

describe.each(PLACES)('the migrations on %s', (_, makePlace) => {
  const files = readMigrations();
  let place: Place;
  let db: Db;

  beforeAll(async () => {
    place = await makePlace();
    db = await place.open();
    await migrate(db);
  });
  afterAll(async () => {
    await db?.close();
    await place?.remove();
  });

  const applied = (): Promise<unknown[]> => db.query('SELECT name, sha256, applied_at FROM migrations ORDER BY name');
  const exists = async (table: string): Promise<boolean> => {
    const [row] = await db.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table]);
    return row?.found === true;
  };

  it('are all applied, and a second time changes nothing', async () => {
    const before = await applied();
    expect(before.map((row) => (row as { name: string }).name)).toEqual(files.map(({ name }) => name));
    await migrate(db);
    expect(await applied()).toEqual(before);
  });

  it('are applied where they are new, and only those', async () => {
    const before = await applied();
    const added = { name: '9000-new.sql', sql: 'CREATE TABLE brand_new (x int); INSERT INTO brand_new VALUES (1)' };
    await migrate(db, [...files, added]);
    await migrate(db, [...files, added]);
    expect(await db.query('SELECT x FROM brand_new')).toEqual([{ x: 1 }]);
    expect(await applied()).toMatchObject([...before, { name: '9000-new.sql' }]);
    await db.script(`DROP TABLE brand_new; DELETE FROM migrations WHERE name = '9000-new.sql'`);
  });

  it('that a start would apply are told before, and nothing is done', async () => {
    const before = await applied();
    const added = { name: '9000-new.sql', sql: 'CREATE TABLE brand_new (x int)' };
    expect(await readPending(db, [...files, added])).toEqual([added]);
    expect(await readPending(db)).toEqual([]);
    await expect(readPending(db, files.slice(0, -1))).rejects.toThrow(SchemaRefused);
    expect(await applied()).toEqual(before);
    expect(await exists('brand_new')).toBe(false);
  });

  it('that were changed after they had been applied are refused, and nothing is done', async () => {
    const before = await applied();
    const [first, ...others] = files;
    const changed = { name: first?.name ?? '', sql: `${first?.sql} -- one more remark` };
    const added = { name: '9000-new.sql', sql: 'CREATE TABLE brand_new (x int)' };
    await expect(migrate(db, [changed, ...others, added])).rejects.toThrow(
      `Migration ${first?.name} was changed after it had been applied.`,
    );
    await expect(migrate(db, [added, changed, ...others])).rejects.toThrow('was changed');
    expect(await applied()).toEqual(before);
    expect(await exists('brand_new')).toBe(false);
  });

  it('of a later version of the program keep an earlier one away unless it is told otherwise, and it does nothing', async () => {
    const before = await applied();
    const last = files.at(-1)?.name;
    await expect(migrate(db, files.slice(0, -1))).rejects.toThrow(
      `The database has migration ${last}, which this version does not know. Run a later version.`,
    );
    await migrate(db, files.slice(0, -1), last);
    await expect(migrate(db, files.slice(0, -2), files.at(-2)?.name)).rejects.toThrow(SchemaRefused);
    expect(await applied()).toEqual(before);
  });

  it('that fail leave nothing behind', async () => {
    const before = await applied();
    const broken = { name: '9000-broken.sql', sql: 'CREATE TABLE half_done (x int); SELECT 1 / 0' };
    await expect(migrate(db, [...files, broken])).rejects.toThrow('division by zero');
    expect(await applied()).toEqual(before);
    expect(await exists('half_done')).toBe(false);
    await migrate(db);
  });
});
