import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import type { Answer } from '../support/answer.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, type Place, type RunningServer } from '../support/server.ts';
import { made, type Shop, setUpShop } from '../support/shop.ts';

const STOCK = 10_000;
/** More than wait in a server's queue and in the two batches before it. */
const ORDERS = 3_800;

describe('more orders than a server lets wait', () => {
  let place: Place;
  let server: RunningServer;
  let db: Db;
  let shop: Shop;
  let till: RawCaller;
  beforeAll(async () => {
    place = await createEmptyPlace('postgresql');
    server = await place.start();
    db = await place.openDb();
    const operator = rawCallerWith(server, ADMIN_TOKEN);
    shop = await setUpShop(operator, 'Airport shop', STOCK);
    const path = `/admin/v1/distributors/${shop.distributor_id}/credentials`;
    till = await rawSignIn(server, made(await operator.post(path, { name: 'Till', requests_per_minute: 1_000_000 })));
  });
  afterAll(async () => {
    await db?.close();
    await place?.remove();
  });
  // No ending that the simulator does anything special with.
  const sell = (nth: number): Promise<Answer> =>
    till.sell(shop.offer_id, { msisdn: `06845${10 + Math.floor(nth / 800)}${100 + (nth % 800)}` });

  it('are refused at once with 503 while the rest waits, and afterwards everybody is sold to again', async () => {
    const answers: Answer[] = [];
    const refused = (): Answer[] => answers.filter(({ body }) => body.reason === 'over_capacity');
    const orders: Promise<unknown>[] = [];
    // Whoever has the bucket lets nobody sell from it.
    await db.transaction(async (tx) => {
      await tx.query('SELECT FROM buckets WHERE offer_id = $1 FOR UPDATE', [shop.offer_id]);
      for (let nth = 0; nth < ORDERS; nth += 1) orders.push(sell(nth).then((answer) => answers.push(answer)));
      await vi.waitFor(() => expect(refused().length).toBeGreaterThan(200), { timeout: 60_000 });
      for (const { status, body, headers } of refused()) {
        expect([status, body.retryable, headers.get('retry-after')]).toEqual([503, true, '1']);
      }
    });
    await Promise.all(orders);
    expect((await sell(ORDERS)).body.status).toBe('ok');
    const sold = answers.filter(({ status }) => status === 201).length + 1;
    expect(answers.filter(({ status }) => status !== 201 && status !== 503)).toEqual([]);
    expect(await proveLedger(db, shop.offer_id)).toMatchObject({ granted: STOCK, sold, held: 0, ok: sold, pending: 0 });
  });
});
