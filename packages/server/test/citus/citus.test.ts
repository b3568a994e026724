import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distribute } from '../../src/database/distribute.ts';
import { callerWith, type PathCaller } from '../support/caller.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, type Place, type RunningServer } from '../support/server.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const SHOPS = 6;
const UNITS = 20;
/** More than there are units. */
const ORDERS = 30;

describe('a distributed database', () => {
  let place: Place;
  let servers: RunningServer[];
  let operator: PathCaller;
  const shops: Shop[] = [];

  beforeAll(async () => {
    place = await createEmptyPlace('postgresql');
    servers = await Promise.all([place.start(), place.start()]);
    operator = callerWith(servers[0] as RunningServer, ADMIN_TOKEN);
    for (let n = 0; n < SHOPS; n += 1) shops.push(await setUpShop(operator, `Shop ${n}`, UNITS));
  });
  afterAll(() => place.remove());

  it('is told so when it is to be distributed again, and stays as it is', async () => {
    const db = await place.openDb();
    expect(await distribute(db)).toMatchObject({ status: 'was_distributed' });
    await db.close();
  });

  it('sells what each distributor has by all its servers, no unit twice, and proves the ledger', async () => {
    const sellAll = async (shop: Shop, server: RunningServer): Promise<number[]> => {
      const till = await rawSignIn(server, shop.client);
      const order = (n: number) => ({ offer_id: shop.offer_id, parameters: { msisdn: `+3368458${5_500 + n}` } });
      const answers = Array.from({ length: ORDERS / 2 }, (_, n) =>
        till.post('/travel-b2b/v1/distributors/transactions', order(n)),
      );
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    for (const shop of shops) {
      const statuses = (await Promise.all(servers.map((server) => sellAll(shop, server)))).flat();
      expect(statuses.filter((status) => status === 201)).toHaveLength(UNITS);
      expect(statuses.filter((status) => status === 400)).toHaveLength(ORDERS - UNITS);
    }
    const { body } = await operator.get('/admin/v1/ledger/verification');
    expect(body).toMatchObject({
      verified: true,
      transactions: SHOPS * UNITS,
      sums: { granted: SHOPS * UNITS, available: 0, held: 0, sold: SHOPS * UNITS },
    });
  });

  it('says in words what it does not do yet', async () => {
    const wire = rawCallerWith(servers[0] as RunningServer, ADMIN_TOKEN);
    const { status, body } = await wire.get('/admin/v1/overview');
    expect([status, body]).toEqual([
      503,
      expect.objectContaining({
        description: expect.stringContaining('not yet done where the database is distributed'),
      }),
    ]);
  });
});
