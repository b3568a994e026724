import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretDigest } from '../../src/access/credentials/client-secret.ts';
import { makeDemo, planDemo } from '../../src/app/make-demo.ts';
import { createCatalogue } from '../../src/catalogue/catalogue.cache.ts';
import type { Connector } from '../../src/connectors/connector.ts';
import { createConnectors } from '../../src/connectors/registry.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openPglite } from '../../src/database/pglite.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createTopup } from '../../src/sales/create-topup.ts';
import { createStore } from '../../src/sales/store.ts';
import { contextOn } from '../support/context.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { createDataFolder } from '../support/server.ts';

const MB = 1024 * 1024;
const COMMITS = 20;
const PAGE_HEADER_BYTES = 24;

describe('the embedded database', () => {
  let folder: string;
  let db: Db;
  let flushes = 0;

  beforeAll(async () => {
    folder = await createDataFolder();
    db = await openPglite(folder, { onFlush: () => (flushes += 1) });
    await migrate(db);
    await db.script('CREATE TABLE notes (n int)');
  });
  afterAll(async () => {
    await db?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Flushes between the start of some work and the moment it is known to be done. */
  const flushesOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = flushes;
    return work().then(() => flushes - before);
  };

  it('has flushed every commit to the disk before it says that it is done', async () => {
    for (let n = 0; n < COMMITS; n += 1) {
      expect(await flushesOf(() => db.query('INSERT INTO notes VALUES ($1)', [n]))).toBeGreaterThanOrEqual(1);
      const transaction = () =>
        db.transaction(async (tx) => {
          // Nothing is flushed for what is not committed yet.
          expect(await flushesOf(() => tx.query('UPDATE notes SET n = n + 100 WHERE n = $1', [n]))).toBe(0);
          await tx.query('UPDATE notes SET n = n - 100 WHERE n = $1', [n + 100]);
        });
      expect(await flushesOf(transaction)).toBeGreaterThanOrEqual(1);
      expect(await flushesOf(() => db.script('DELETE FROM notes WHERE n = -1; INSERT INTO notes VALUES (-1)'))).toBe(1);
    }
    expect(await db.query('SELECT count(*) AS n FROM notes')).toEqual([{ n: COMMITS + 1 }]);
  });

  it('has written the log of a commit as far as that commit when it says that it is done', async () => {
    await db.query('INSERT INTO notes VALUES (1000)');
    const [log] = await db.query<{ unflushed: number }>(
      'SELECT (pg_current_wal_insert_lsn() - pg_current_wal_flush_lsn())::bigint AS unflushed',
    );
    // A record is longer than the header of a page, after which the next one begins where this one has filled its page.
    expect(log?.unflushed).toBeOneOf([0, PAGE_HEADER_BYTES]);
  });

  it('flushes nothing for a read, nor for a transaction that is given up', async () => {
    await db.query('INSERT INTO notes SELECT generate_series(1, 1000)');
    const reads = async (): Promise<void> => {
      for (let i = 0; i < COMMITS; i += 1) await db.query('SELECT count(*), sum(n) FROM notes WHERE n > $1', [i]);
      await db.transaction((tx) => tx.query('SELECT * FROM notes'));
    };
    expect(await flushesOf(reads)).toBe(0);
    const givenUp = db.transaction(async (tx) => {
      await tx.query('INSERT INTO notes VALUES (-7)');
      throw new Error('given up');
    });
    expect(await flushesOf(() => givenUp.catch(() => {}))).toBe(0);
    expect(await db.query('SELECT n FROM notes WHERE n = -7')).toEqual([]);
  });

  describe('of a shop', () => {
    const demo = planDemo();
    const offer_id = demo.offers[0]?.id ?? '';
    let distributor_id: string;
    let version: number;
    let order: () => Parameters<ReturnType<typeof createStore>['hold']>[0];

    beforeAll(async () => {
      await db.transaction((tx) => makeDemo(tx, demo, secretDigest, new Date()));
      const [offer] = await db.query<{ distributor_id: string }>('SELECT distributor_id FROM offers WHERE id = $1', [
        offer_id,
      ]);
      distributor_id = offer?.distributor_id ?? '';
      version = await createCatalogue(db).version();
      order = () => ({
        id: newId(),
        distributor_id,
        offer_id,
        offer_version: 1,
        line: '+33684587587',
        user_id: null,
        voucher_id: null,
        idempotency: null,
        catalogue_version: version,
      });
    });

    it('has flushed each hold and each outcome before it is acknowledged', async () => {
      const store = createStore(db);
      for (let i = 0; i < COMMITS; i += 1) {
        const request = order();
        expect(await flushesOf(() => store.hold(request))).toBeGreaterThanOrEqual(1);
        const outcome = {
          distributor_id,
          transaction_id: request.id,
          status: 'ok',
          reason: null,
          message: null,
          supplier_reference: null,
          at: new Date(),
        } as const;
        expect(await flushesOf(() => store.resolve(outcome))).toBeGreaterThanOrEqual(1);
      }
    });

    it('shares a flush between holds that come together, and acknowledges none of them before it', async () => {
      const store = createStore(db);
      const before = flushes;
      const flushedByThen = await Promise.all(
        Array.from({ length: 100 }, () => store.hold(order()).then(() => flushes - before)),
      );
      expect(Math.min(...flushedByThen)).toBeGreaterThanOrEqual(1);
      expect(flushes - before).toBeLessThan(100);
    });

    it('has flushed the hold before the supplier is called, and the outcome before the sale is answered', async () => {
      const { sandbox: simulated } = createConnectors({
        simulator: { latency_ms: 0, callbackUrl: () => null, callbackSecret: 'secret' },
      });
      let atCall = 0;
      const noting: Connector = {
        ...simulated,
        recharge: (...call) => {
          atCall = flushes;
          return simulated.recharge(...call);
        },
      };
      const ctx = contextOn(db, { connectors: { names: [], get: () => noting, sandbox: noting } });
      // ok, refused, without an answer: each is an outcome that is kept.
      for (const ending of ['587', '002', '009']) {
        const parameters = { msisdn: `0684587${ending}` };
        const before = flushes;
        const sale = {
          offer_id,
          parameters,
          user_id: null,
          voucher_id: null,
          max_price: null,
          allow_repeat: false,
          check_network: false,
          notify: null,
        };
        const topup = await createTopup(ctx, { distributor_id, order: sale, idempotency: null });
        const atAnswer = flushes;
        expect(topup).toMatchObject({ transaction: { line: `+33684587${ending}` } });
        expect(atCall - before).toBeGreaterThanOrEqual(1);
        expect(atAnswer - atCall).toBeGreaterThanOrEqual(1);
      }
    });
  });
});

describe('the log of the embedded database', () => {
  const LOOK_EVERY_MS = 10_000;
  let folder: string;
  let db: Db;

  beforeEach(async () => {
    // Only the clock of the looks: everything else runs as it does.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    folder = await createDataFolder();
    db = await openPglite(folder);
  });
  afterEach(async () => {
    await db?.close();
    vi.useRealTimers();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (bytes: number): Promise<void> => {
    for (let left = bytes; left > 0; left -= MB) {
      await db.query(`SELECT pg_logical_emit_message(true, 'test', repeat('x', ${MB}))`);
    }
  };
  /** Log since the last checkpoint: what has to be read again after a crash. */
  const sinceCheckpoint = async (): Promise<number> => {
    const [row] = await db.query<{ bytes: number }>(
      'SELECT (pg_current_wal_insert_lsn() - redo_lsn)::bigint AS bytes FROM pg_control_checkpoint()',
    );
    return row?.bytes ?? Number.NaN;
  };
  const onDisk = (): number => {
    const path = join(folder, 'pg/pg_wal');
    const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.reduce((sum, { name }) => sum + statSync(join(path, name)).size, 0);
  };

  it('is cut by a checkpoint soon after 64 MB, so that it stays bounded however much is written', {
    tags: 'long',
  }, async () => {
    for (let round = 1; round <= 4; round += 1) {
      await write(80 * MB);
      expect(await sinceCheckpoint()).toBeGreaterThan(80 * MB);
      vi.advanceTimersByTime(LOOK_EVERY_MS);
      await vi.waitFor(async () => expect(await sinceCheckpoint()).toBeLessThan(MB), { timeout: 60_000 });
      expect(onDisk()).toBeLessThan(160 * MB);
    }
  });

  it('is left alone while it is short, and before its time', { tags: 'long' }, async () => {
    await write(40 * MB);
    vi.advanceTimersByTime(LOOK_EVERY_MS);
    // The look is a statement before this one, so it is done by then; once more for the checkpoint it might make.
    await sinceCheckpoint();
    expect(await sinceCheckpoint()).toBeGreaterThan(40 * MB);
    await write(40 * MB);
    vi.advanceTimersByTime(LOOK_EVERY_MS / 2);
    await sinceCheckpoint();
    expect(await sinceCheckpoint()).toBeGreaterThan(80 * MB);
  });
});

describe('our session on PostgreSQL', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(await fixture('postgres'));
    const name = new URL(database.url).pathname.slice(1);
    const theirs = new pg.Client({ connectionString: database.url });
    await theirs.connect();
    await theirs.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await theirs.query(`ALTER DATABASE ${name} SET timezone = 'Asia/Tokyo'`);
    await theirs.end();
  });
  afterAll(() => database?.drop());

  const settingOf = async (url: string, name: string): Promise<unknown[]> => {
    const db = openPostgresql(url, () => {});
    try {
      const read = `SELECT current_setting('${name}') AS value`;
      const [alone] = await db.query<{ value: string }>(read);
      const [inside] = await db.transaction((tx) => tx.query<{ value: string }>(read));
      return [alone?.value, inside?.value];
    } finally {
      await db.close();
    }
  };

  it('waits for the disk at each commit, even where the database is set not to', async () => {
    const theirs = new pg.Client({ connectionString: database.url });
    await theirs.connect();
    const { rows } = await theirs.query('SHOW synchronous_commit');
    await theirs.end();
    expect(rows).toEqual([{ synchronous_commit: 'off' }]);
    expect(await settingOf(database.url, 'synchronous_commit')).toEqual(['on', 'on']);
  });

  it('waits for the disk also where DATABASE_URL brings options of its own', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=public');
    expect(await settingOf(url.href, 'search_path')).toEqual(['public', 'public']);
    expect(await settingOf(url.href, 'synchronous_commit')).toEqual(['on', 'on']);
  });
});
