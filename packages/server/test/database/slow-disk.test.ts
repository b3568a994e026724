import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresql } from '../../src/database/postgres.ts';
import { startKeyedSales } from '../deploy/keyed-sales.ts';
import { createDatabase } from '../support/database.ts';
import { proveLedger } from '../support/ledger.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const UNITS = 100_000;
const ENOUGH = 80;
/** How long each flush of the log takes, at least: as long as PostgreSQL can be told to wait before it. */
const FLUSH_MS = 100;

describe('on a disk that takes a tenth of a second for each flush', () => {
  let postgres: PostgresServer;
  let server: RunningServer;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres({ commit_delay: String(FLUSH_MS * 1_000), commit_siblings: '0' });
    ({ url } = await createDatabase(postgres.url));
    server = await startProgram({ NODE_ENV: 'production', DATABASE_URL: url, ADMIN_TOKEN, SEALING_KEY });
  });
  afterAll(async () => {
    await server?.kill();
    await postgres?.stop();
  });

  it('a sale waits for its two, shared with all others of that moment; none is refused, none lost', async () => {
    const shop: Shop = await setUpShop(rawCallerWith(server, ADMIN_TOKEN), 'Airport shop', UNITS);
    const sales = await startKeyedSales(server.baseUrl, shop);
    const begun = performance.now();
    await sales.more(ENOUGH);
    const seconds = (performance.now() - begun) / 1_000;
    await sales.stop();
    expect(sales.failures).toEqual([]);
    const answers = [...sales.answers.values()];
    expect(answers.filter(({ status, body }) => status !== 201 || body.status !== 'ok')).toEqual([]);
    const each_ms = Math.round((seconds * 1_000 * 8) / ENOUGH);
    console.log(
      `a sale takes ${each_ms} ms, with ${FLUSH_MS} ms for each flush; ${Math.round(ENOUGH / seconds)} a second`,
    );
    expect(each_ms).toBeGreaterThanOrEqual(2 * FLUSH_MS);
    const db = openPostgresql(url, () => {});
    expect(await proveLedger(db, shop.offer_id)).toMatchObject({ sold: answers.length, held: 0, pending: 0 });
    await db.close();
  });
});
