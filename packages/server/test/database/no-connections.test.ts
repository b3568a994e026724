import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgresql } from '../../src/database/postgres.ts';
import { type KeyedSales, startKeyedSales } from '../deploy/keyed-sales.ts';
import { createDatabase } from '../support/database.ts';
import { proveLedger } from '../support/ledger.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const UNITS = 100_000;
const ENOUGH = 200;
/** PostgreSQL's word for that it has no connection left. */
const TOO_MANY = '53300';

describe('a PostgreSQL whose connections others have taken', () => {
  let postgres: PostgresServer;
  let server: RunningServer;
  let shop: Shop;
  let sales: KeyedSales;
  let url: string;
  const others: pg.Client[] = [];
  /** Takes connections until there is none left. */
  const takeAll = async (): Promise<void> => {
    for (;;) {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => {});
      const refused = await client.connect().then(
        () => null,
        (error: { code?: string }) => error.code,
      );
      if (refused === null) others.push(client);
      else if (refused === TOO_MANY) return;
      else throw new Error(`refused with ${refused}`);
    }
  };

  /** Ends the server's connections until others have taken all of them. */
  const takeTheServers = async (): Promise<void> => {
    const ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'opentopup'";
    while (((await others[0]?.query(ending))?.rowCount ?? 0) > 0) await takeAll();
  };

  beforeAll(async () => {
    postgres = await startPostgres({ max_connections: '40' });
    ({ url } = await createDatabase(postgres.url));
    server = await startProgram({ NODE_ENV: 'production', DATABASE_URL: url, ADMIN_TOKEN, SEALING_KEY });
    shop = await setUpShop(rawCallerWith(server, ADMIN_TOKEN), 'Airport shop', UNITS);
    sales = await startKeyedSales(server.baseUrl, shop);
    await sales.more(ENOUGH);
  });
  afterAll(async () => {
    await Promise.all(others.map((client) => client.end().catch(() => {})));
    await server?.kill();
    await postgres?.stop();
  });

  it('lets a server sell on by those that it has', async () => {
    await takeAll();
    await sales.more(ENOUGH);
    expect(sales.failures.filter(({ what }) => !what.startsWith('503 '))).toEqual([]);
  });

  it('and when those are lost, orders are told 503 within seconds, and sold as soon as there are some again', async () => {
    await takeTheServers();
    const before = sales.failures.length;
    await vi.waitFor(() => expect(sales.failures.length).toBeGreaterThan(before + 8), { timeout: 60_000 });
    const freedAt = Date.now();
    await Promise.all(others.splice(0).map((client) => client.end()));
    await sales.more(ENOUGH);
    const resumed = Math.min(...[...sales.answers.values()].map(({ at }) => at).filter((at) => at > freedAt));
    console.log(`sold again ${resumed - freedAt} ms after there were connections again`);
    await sales.stop();
    expect(sales.failures.filter(({ what }) => !what.startsWith('503 '))).toEqual([]);

    const answers = [...sales.answers.values()];
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(answers.length);
    const db = openPostgresql(url, () => {});
    const isSettled = async (): Promise<void> => {
      expect(await proveLedger(db, shop.offer_id)).toMatchObject({ sold: answers.length, held: 0, pending: 0 });
    };
    await vi.waitFor(isSettled, { timeout: 90_000, interval: 500 });
    await db.close();
  });
});
