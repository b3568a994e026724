import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secretDigest } from '../../src/access/credentials/client-secret.ts';
import { makeDemo, planDemo } from '../../src/app/make-demo.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import type { Answer } from '../support/answer.ts';
import { createDatabase } from '../support/database.ts';
import { proveLedger } from '../support/ledger.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';

const ADMIN_TOKEN = 'operator-token-of-the-tests';
const CALLERS = 16;

describe('a PostgreSQL that breaks down under load', () => {
  const demo = planDemo();
  const offerId = demo.offers[0]?.id ?? '';
  let postgres: PostgresServer;
  let url: string;
  let server: RunningServer;
  let shop: RawCaller;

  beforeAll(async () => {
    postgres = await startPostgres();
    ({ url } = await createDatabase(postgres.url));
    const db = openPostgresql(url, () => {});
    await migrate(db);
    await db.transaction((tx) => makeDemo(tx, demo, secretDigest, new Date()));
    await db.close();
    server = await startProgram({ DATABASE_URL: url, ADMIN_TOKEN });
    shop = await rawSignIn(server, demo);
  });
  afterAll(async () => {
    await server?.kill();
    await postgres?.stop();
  });

  /** What each order came to, by its key. Orders that were not answered finally are repeated with the same key. */
  async function sellThrough(trouble: () => Promise<void>): Promise<Map<string, Answer>> {
    const answers = new Map<string, Answer>();
    const seen: number[] = [];
    const enough = new AbortController();
    const caller = async (nth: number): Promise<void> => {
      for (let i = 0; !enough.signal.aborted; i += 1) {
        const key = `order-${nth}-${i}`;
        for (;;) {
          const line = { msisdn: `0684587${100 + ((nth * 37 + i) % 900)}` };
          const answer = await shop.sell(offerId, line, { 'idempotency-key': key });
          seen.push(answer.status);
          if (answer.status < 500 && answer.status !== 409) {
            answers.set(key, answer);
            break;
          }
          expect(answer.body).toMatchObject({ retryable: true, customer_message: expect.any(String) });
          expect(answer.headers.get('retry-after')).toBeTruthy();
          await sleep(100);
        }
      }
    };
    const callers = Array.from({ length: CALLERS }, (_, nth) => caller(nth));
    await vi.waitFor(() => expect(answers.size).toBeGreaterThan(100), { timeout: 60_000 });
    await trouble();
    const afterTrouble = answers.size;
    await vi.waitFor(() => expect(answers.size).toBeGreaterThan(afterTrouble + 100), { timeout: 60_000 });
    enough.abort();
    await Promise.all(callers);
    expect(seen).not.toContain(500);
    return answers;
  }

  it.each<[string, () => Promise<void>]>([
    ['is restarted', () => postgres.restart()],
    [
      'crashes and comes back two seconds later',
      async () => {
        await postgres.crash();
        await sleep(2_000);
        expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(503);
        expect((await fetch(`${server.baseUrl}/healthz`)).status).toBe(200);
        await postgres.restart();
      },
    ],
  ])('and %s is told as 503, and each order is sold once all the same', async (_, trouble) => {
    const answers = await sellThrough(trouble);
    expect([...answers.values()].filter(({ status }) => status !== 201)).toEqual([]);

    // What could not be written at once is written now, so that nothing stays pending.
    await vi.waitFor(
      async () => {
        const { body } = await shop.get('/distributors/transactions?status=pending&limit=1');
        expect(body).toEqual([]);
      },
      { timeout: 60_000, interval: 500 },
    );
    const ids = new Set([...answers.values()].map(({ body }) => body.id as string));
    expect(ids.size).toBe(answers.size);

    const db = openPostgresql(url, () => {});
    const sums = await proveLedger(db, offerId);
    const [known] = await db.query<{ n: number }>(
      `SELECT count(*) AS n FROM resolutions WHERE status = 'ok' AND transaction_id = ANY($1)`,
      [[...ids]],
    );
    await db.close();
    expect(known?.n).toBe(ids.size);
    expect(sums.held).toBe(0);
    const operator = rawCallerWith(server, ADMIN_TOKEN);
    expect((await operator.get('/admin/v1/ledger/verification')).body).toMatchObject({ verified: true });
  });
});
