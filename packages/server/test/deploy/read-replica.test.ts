import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createDatabase } from '../support/database.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const DAY_MS = 86_400_000;
/** By whose clock what is sold now is of a period that is over. */
const LATER = {
  NODE_OPTIONS: `--import=${join(import.meta.dirname, '../support/moved-clock.ts')}`,
  CLOCK_AHEAD_MS: String(2 * DAY_MS),
};

let primary: PostgresServer;
let replica: PostgresServer;
let server: RunningServer;
let env: Record<string, string>;
let onPrimary: Db;
let onReplica: Db;
let shop: Shop;
let till: RawCaller;

beforeAll(async () => {
  primary = await startPostgres();
  replica = await primary.replica();
  const { url } = await createDatabase(primary.url);
  const at = Object.assign(new URL(replica.url), { pathname: new URL(url).pathname });
  env = { NODE_ENV: 'production', DATABASE_URL: url, DATABASE_READ_URL: at.href, ADMIN_TOKEN, SEALING_KEY };
  server = await startProgram(env);
  shop = await setUpShop(rawCallerWith(server, ADMIN_TOKEN), 'Airport shop', 10);
  till = await rawSignIn(server, shop.client);
  onPrimary = openPostgresql(url, () => {});
  onReplica = openPostgresql(at.href, () => {});
});
afterAll(async () => {
  await server?.kill();
  await onPrimary?.close();
  await onReplica?.close();
  await replica?.stop();
  await primary?.stop();
});

describe('with a replica to read from', () => {
  const exported = async (): Promise<number> => {
    const { body } = await till.get('/distributors/transactions', { accept: 'text/csv' });
    return String(body).trim().split('\n').length - 1;
  };
  const counted = async (): Promise<unknown> => (await till.get('/v1/overview')).body.totals.orders;
  const listed = async (): Promise<number> => (await till.get('/distributors/transactions')).body.length as number;
  const sell = async (): Promise<void> => {
    const { status, body } = await till.sell(shop.offer_id, { msisdn: '0684587587' });
    expect([status, body.status]).toEqual([201, 'ok']);
    const { body: read } = await till.get(`/distributors/transactions/${body.id}`);
    expect(read).toMatchObject({ id: body.id, status: 'ok' });
  };

  it('exports and overviews come from there, and what has to be true at once from the primary', async () => {
    await sell();
    await vi.waitFor(async () => expect([await exported(), await counted()]).toEqual([1, 1]), PATIENCE);
    await onReplica.query('SELECT pg_wal_replay_pause()');
    await sell();
    expect([await listed(), await till.stock(shop.offer_id)]).toEqual([2, 8]);
    expect([await exported(), await counted()]).toEqual([1, 1]);
    await onReplica.query('SELECT pg_wal_replay_resume()');
    await vi.waitFor(async () => expect([await exported(), await counted()]).toEqual([2, 2]), PATIENCE);
  });

  it('files of statements come from there too, and of one that it does not know yet from the primary', async () => {
    const later = await startProgram({ ...env, ...LATER });
    try {
      const operator = rawCallerWith(later, ADMIN_TOKEN);
      const reader = await rawSignIn(later, shop.client);
      const close = async (days: number): Promise<string> => {
        const before = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
        const { body } = await operator.post('/admin/v1/statements', { distributor_id: shop.distributor_id, before });
        await vi.waitFor(async () => {
          expect((await reader.get(`/v1/statements/${body.id}`, { accept: 'application/json' })).status).toBe(200);
        }, PATIENCE);
        return body.id as string;
      };
      const lines = async (id: string): Promise<number> => {
        const { status, body } = await reader.get(`/v1/statements/${id}`, { accept: 'text/csv' });
        expect(status).toBe(200);
        return String(body).trim().split('\n').length;
      };
      const first = await close(1);
      const isThere = async (): Promise<void> => {
        const rows = await onReplica.query('SELECT id FROM statements WHERE id = $1 AND content IS NOT NULL', [first]);
        expect(rows).toHaveLength(1);
      };
      await vi.waitFor(isThere, PATIENCE);
      await onReplica.query('SELECT pg_wal_replay_pause()');
      // Nobody can read sales at the primary meanwhile.
      await onPrimary.transaction(async (tx) => {
        await tx.query('LOCK TABLE transactions IN ACCESS EXCLUSIVE MODE');
        expect(await lines(first)).toBeGreaterThanOrEqual(1 + 2);
      });
      const second = await close(2);
      expect(await lines(second)).toBeGreaterThanOrEqual(1);
      await onReplica.query('SELECT pg_wal_replay_resume()');
    } finally {
      await later.kill();
    }
  });

  it('without it they come from the primary, at once', async () => {
    await replica.kill();
    await sell();
    expect(await exported()).toBe(3);
    await vi.waitFor(async () => expect(await counted()).toBe(3), PATIENCE);
  });
});
