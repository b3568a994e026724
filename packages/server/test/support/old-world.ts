import { addUpNextDay } from '../../src/reports/daily-sales.store.ts';
import { exampleRequest } from './example-request.ts';
import { type RawCaller, rawSignIn } from './raw-caller.ts';
import { SEALING_KEY } from './secrets.ts';
import { createWorld, type DemoPlace, type Engine } from './server.ts';

const DAY_MS = 86_400_000;
/** How many days lie between what was done in a world before, and the test; 0: nothing was. */
const AGE_DAYS = Number(process.env['CLOCK_DAYS'] ?? 0);
/** Endings that the simulator knows, and one that it does not. */
const ENDINGS = ['001', '002', '005', '007', '008', '009', '010', '012', '013', '587'];

/** A world, and the ids of what was sold in it before. */
export interface OldWorld extends DemoPlace {
  sold: readonly string[];
}

/** Sells to lines of all fates, and an eSIM; gives the ids. */
async function sellAll(shop: RawCaller, offers: DemoPlace['demo']['offers'], base = ''): Promise<string[]> {
  const { path, body } = exampleRequest('setDistributorKey');
  await shop.post(base + path, body);
  const sell = async (kind: string, parameters?: object): Promise<string[]> => {
    const offer_id = offers.find((offer) => offer.kind === kind)?.id;
    const answer = await shop.post(`${base}/distributors/transactions`, { offer_id, parameters, user_id: 'till 7' });
    const id: string | undefined = answer.body.id ?? answer.body.transaction_id;
    return id === undefined ? [] : [id];
  };
  const orders = [
    ...ENDINGS.map((ending) => sell('msisdn', { msisdn: `0684587${ending}` })),
    ...ENDINGS.map((ending) => sell('small', { msisdn: `0684586${ending}` })),
    sell('empty', { msisdn: '0684587587' }),
    sell('esim'),
  ];
  return (await Promise.all(orders)).flat();
}

/**
 * A world in which things were sold CLOCK_DAYS ago and half as long ago, by servers whose clocks said so, and whose days
 * are added up since. Without CLOCK_DAYS it is new.
 */
export async function createOldWorld(engine: Engine): Promise<OldWorld> {
  if (AGE_DAYS === 0) return { ...(await createWorld(engine)), sold: [] };
  const ago = (days: number): Date => new Date(Date.now() - days * DAY_MS);
  const world = await createWorld(engine, ago(AGE_DAYS));
  const sold: string[] = [];
  for (const at of [ago(AGE_DAYS), ago(AGE_DAYS / 2)]) {
    const server = await world.start({ SEALING_KEY, SUPPLIER_DEADLINE_MS: '500' }, at);
    const { demo } = world;
    sold.push(...(await sellAll(await rawSignIn(server, demo), demo.offers)));
    const sandbox = await rawSignIn(server, demo.sandbox);
    sold.push(...(await sellAll(sandbox, demo.sandbox.offers, '/travel-b2b-sandbox/v1')));
    await server.stop();
  }
  const db = await world.openDb();
  while ((await addUpNextDay(db, new Date())) === 'more');
  await db.close();
  return { ...world, sold };
}
