import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, type Place, type RunningServer } from '../support/server.ts';
import { made, type Shop, setUpShop } from '../support/shop.ts';

const STOCK = 10_000;
const REQUESTS = 12_000;
const CALLERS = 256;

/** Who sells at one server, and how many orders it has to place. */
interface Till {
  shop: RawCaller;
  requests: number;
}

/** Places all orders, by so many callers in all that each wait for their answer; counts the answers. */
async function sellAll(tills: readonly Till[], offerId: string): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  const call = async (till: Till): Promise<void> => {
    while (till.requests > 0) {
      const nth = till.requests;
      till.requests -= 1;
      // No ending that the simulator does anything special with.
      const msisdn = `06845${String(10 + (nth % 89))}${String(100 + (nth % 899))}`;
      const { status, body } = await till.shop.sell(offerId, { msisdn });
      const answer = status === 201 ? body.status : `${status} ${body.reason}`;
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, nth) => call(tills[nth % tills.length] as Till)));
  return answers;
}

/** On a busy machine this takes its time. */
const TIMEOUT_MS = 300_000;

describe('12,000 orders at once for 10,000 units', { timeout: TIMEOUT_MS }, () => {
  let place: Place;
  let first: RunningServer;
  let operator: RawCaller;

  beforeAll(async () => {
    place = await createEmptyPlace('postgresql');
    first = await place.start();
    operator = rawCallerWith(first, ADMIN_TOKEN);
  });
  afterAll(() => place?.remove());

  const openShop = async (name: string): Promise<Shop> => {
    const shop = await setUpShop(operator, name, STOCK);
    const path = `/admin/v1/distributors/${shop.distributor_id}/credentials`;
    const client = made(await operator.post(path, { name: 'Till', requests_per_minute: 1_000_000 }));
    return { ...shop, client };
  };

  const provesSoldOut = async (offerId: string): Promise<void> => {
    const proof = await operator.get(`/admin/v1/ledger/verification?offer=${offerId}`);
    expect(proof.body).toMatchObject({
      verified: true,
      faults: [],
      movements: 1 + 2 * STOCK,
      transactions: STOCK,
      sums: { granted: STOCK, available: 0, held: 0, sold: STOCK },
    });
    const db = await place.openDb();
    try {
      expect(await proveLedger(db, offerId)).toMatchObject({
        granted: STOCK,
        sold: STOCK,
        ok: STOCK,
        ko: 0,
        pending: 0,
      });
    } finally {
      await db.close();
    }
  };

  it('sell each unit once in one process, and tell the rest that there is none left', async () => {
    const { client, offer_id } = await openShop('One till');
    const answers = await sellAll([{ shop: await rawSignIn(first, client), requests: REQUESTS }], offer_id);
    expect(answers).toEqual({ ok: STOCK, '400 bucket_empty': REQUESTS - STOCK });
    await provesSoldOut(offer_id);
  });

  it('sell each unit once in two processes on one database', async () => {
    const second = await place.start();
    const { client, offer_id } = await openShop('Two tills');
    const tills = await Promise.all(
      [first, second].map(async (server) => ({ shop: await rawSignIn(server, client), requests: REQUESTS / 2 })),
    );
    const answers = await sellAll(tills, offer_id);
    expect(answers).toEqual({ ok: STOCK, '400 bucket_empty': REQUESTS - STOCK });
    await provesSoldOut(offer_id);
  });
});
