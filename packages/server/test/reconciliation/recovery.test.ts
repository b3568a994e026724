import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { createDataFolder, ENGINES, type Engine } from '../support/server.ts';
import { made, PRODUCT } from '../support/shop.ts';

/** Several servers are started, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 });
const WAIT = { timeout: 120_000, interval: 100 };
const DAY_MS = 86_400_000;
const MOVED_CLOCK = join(import.meta.dirname, '../support/moved-clock.ts');

/** What is backed up: a database, and the settings by which a server runs on it. */
interface Storage {
  env: Record<string, string>;
  moveClock: (ahead_ms: number) => Promise<void>;
  /** Makes a copy, while no server runs. */
  backUp: () => Promise<Storage>;
  remove: () => Promise<void>;
}

const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'opentopup-test-'));

async function onPostgres(original?: string): Promise<Storage> {
  const database = await createDatabase(await fixture('postgres'), original);
  const folder = await emptyFolder();
  return {
    env: { DATABASE_URL: database.url, DATA_DIR: folder },
    moveClock: (ahead_ms) => database.moveClock(ahead_ms),
    backUp: () => onPostgres(new URL(database.url).pathname.slice(1)),
    remove: async () => {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The embedded database is its folder, and has the clock of its server. */
const inFolder = (folder: string): Storage => ({
  env: { DATA_DIR: folder },
  moveClock: async () => {},
  backUp: async () => {
    const copy = await emptyFolder();
    await cp(folder, copy, { recursive: true });
    return inFolder(copy);
  },
  remove: () => rm(folder, { recursive: true, force: true }),
});

const createStorage = async (engine: Engine): Promise<Storage> =>
  engine === 'postgresql' ? onPostgres() : inFolder(await createDataFolder());

describe.each(ENGINES)('after a restore, on %s', (engine) => {
  let vendor: SimulatedSupplier;
  let lost: Storage;
  let restored: Storage;
  let server: RunningServer;
  let operator: PathCaller;
  let shop: PathCaller;
  let since: string;
  const offers: Record<string, string> = {};
  const sold: string[] = [];
  let several: string;
  let parked: string;
  let distributor_id: string;
  let firstStatement: string;
  /** Up to when that is; the day may be over meanwhile. */
  let firstDay: string;

  /** @param ahead_ms by how much the clocks of the server and its database are ahead, or behind */
  const startOn = async (on: Storage, env: Record<string, string> = {}, ahead_ms = 0): Promise<void> => {
    const own = { ...on.env, ADMIN_TOKEN, SEALING_KEY, NODE_ENV: 'production' };
    await on.moveClock(ahead_ms);
    const clock = { NODE_OPTIONS: `--import=${MOVED_CLOCK}`, CLOCK_AHEAD_MS: String(ahead_ms) };
    server = await startProgram({ ...own, ...clock, ...env });
    operator = callerWith(server, ADMIN_TOKEN);
  };
  const make = async (where: string, body: object) => made(await operator.post(`/admin/v1${where}`, body));
  const grant = (offer: string, units: number, reference: string) =>
    operator.post(`/admin/v1/offers/${offer}/grants`, { units, reference, justification: 'Test' });
  const recovery = async (): Promise<any> => (await operator.get('/admin/v1/recovery')).body;
  const searched = () =>
    vi.waitFor(async () => {
      const found = await recovery();
      expect(found.suppliers.map(({ status }: any) => status)).toEqual(['done']);
      return found;
    }, WAIT);

  const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  /** Closes the statement up to a day, and gives the bytes that are signed. */
  const closeUpTo = async (before: string): Promise<string> => {
    const closing = await operator.post('/admin/v1/statements', { distributor_id, before });
    const path = `/admin/v1/statements/${closing.body.id}`;
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, accept: 'application/json' };
    return vi.waitFor(async () => {
      const answer = await fetch(`${server.baseUrl}${path}`, { headers });
      expect(answer.status).toBe(200);
      return answer.text();
    }, WAIT);
  };

  /** Sells, backs up, sells on, loses the database, and starts on what was backed up. */
  beforeAll(async () => {
    vendor = await SimulatedSupplier.start('dtone', 1_000);
    lost = await createStorage(engine);
    await startOn(lost, {}, -2 * DAY_MS);

    const { KEY: key, SECRET: secret } = vendor.credentials;
    const access = { connector: 'dtone', settings: { base_url: vendor.baseUrl }, secrets: { key, secret } };
    const supplier_id = (await make('/suppliers', { name: 'DT One', country: 'FR', ...access })).id;
    const headers = { authorization: `Basic ${btoa(`${key}:${secret}`)}` };
    const productOf = async (reference: string): Promise<string> => {
      const listed = (await (await fetch(`${vendor.baseUrl}/products/${reference}`, { headers })).json()) as any;
      const { amount: bonus_value, unit: currency } = listed.destination;
      const body = { ...PRODUCT, name: reference, bonus_value, currency, supplier_id, supplier_reference: reference };
      return (await make('/products', body)).id;
    };
    const [one, both, none] = [await productOf('10002'), await productOf('10003'), await productOf('10004')];
    distributor_id = (await make('/distributors', { name: 'Shop' })).id;
    const other_id = (await make('/distributors', { name: 'Other shop' })).id;
    const client = await make(`/distributors/${distributor_id}/credentials`, { name: 'Till' });
    const offer = async (name: string, of: string, product_id: string) => {
      offers[name] = (await make('/offers', { distributor_id: of, product_id, name, resell_value: 30 })).id;
    };
    await offer('one', distributor_id, one);
    await offer('both', distributor_id, both);
    await offer('others', other_id, both);
    await offer('none', distributor_id, none);
    await grant(offers['one'] as string, 2, 'first');
    await grant(offers['both'] as string, 5, 'first');
    shop = await signInClient(server, client);
    const sell = async (name: string): Promise<string> => {
      const { body } = await shop.sell(offers[name] as string, { msisdn: '0684587100' });
      expect(body.status).toBe('ok');
      return body.id as string;
    };
    await sell('one');
    const wish = { offer_id: offers['none'], parameters: { msisdn: '0684587100' }, on_empty: 'park' };
    const park_until = new Date(Date.now() + 4 * DAY_MS).toISOString();
    parked = made(await shop.post('/distributors/transactions', { ...wish, park_until })).id;
    await server.stop();

    await startOn(lost);
    firstDay = dayIn(0);
    firstStatement = await closeUpTo(firstDay);
    await server.stop();
    since = new Date().toISOString();
    restored = await lost.backUp();
    await startOn(lost);
    shop = await signInClient(server, client);
    await grant(offers['one'] as string, 5, 'second');
    for (let i = 0; i < 3; i += 1) sold.push(await sell('one'));
    several = await sell('both');
    await server.kill();
    await lost.remove();

    await startOn(restored, { RESTORED_SINCE: since });
    shop = await signInClient(server, client);
  });
  afterAll(async () => {
    await server?.kill();
    await lost?.remove();
    await restored?.remove();
    await vendor?.stop();
  });

  it('sells nothing from the first moment on, whoever asks', async () => {
    const { status, body } = await shop.sell(offers['one'] as string, { msisdn: '0684587100' });
    expect([status, body.reason]).toEqual([503, 'service_unavailable']);
    expect(body.description).toContain('closed');
  });

  it('ends what waited when the backup was made: it may have been sold since', async () => {
    await vi.waitFor(async () => {
      expect((await shop.get(`/v1/parked-orders/${parked}`)).body).toMatchObject({ status: 'refused' });
    }, WAIT);
  });

  it('finds at the supplier what the restored database does not know', async () => {
    const found = await searched();
    expect(found).toMatchObject({
      status: 'open',
      begun_by: 'RESTORED_SINCE',
      lost: { one_offer: 3, several_offers: 1, no_offer: 0 },
      booked: 0,
    });
    for (const id of [...sold, several]) expect((await shop.get(`/distributors/transactions/${id}`)).status).toBe(404);
  });

  it('books what one offer fits, as far as the grants that are not lost', async () => {
    const first = await operator.post('/admin/v1/recovery/bookings', {});
    expect(first).toMatchObject({ status: 201, body: { booked: 1, recovery: { lost: { one_offer: 2 }, booked: 1 } } });
    expect(first.body.refused.map(({ reason }: any) => reason)).toEqual(['bucket_empty', 'bucket_empty']);
    const behind = (nth: number) =>
      operator.post(`/admin/v1/recovery/bookings?after=${first.body.refused[nth].case_id}`, {});
    expect((await behind(0)).body.refused).toEqual(first.body.refused.slice(1));
    expect((await behind(1)).body).toMatchObject({ booked: 0, refused: [] });
    await grant(offers['one'] as string, 5, 'second');
    const rest = await operator.post('/admin/v1/recovery/bookings', {});
    expect(rest.body).toMatchObject({ booked: 2, refused: [], recovery: { lost: { one_offer: 0 }, booked: 3 } });
    expect((await operator.post('/admin/v1/recovery/bookings', {})).body).toMatchObject({ booked: 0, refused: [] });
    for (const id of sold) {
      const { body } = await operator.get(`/admin/v1/transactions/${id}`);
      expect(body).toMatchObject({ status: 'ok', offer_id: offers['one'], parameters: { msisdn: '+33684587100' } });
      expect(body.supplier_cost).toBeGreaterThan(0);
    }
  });

  it('leaves to a person what several offers fit, and stays closed until then', async () => {
    const early = await operator.post('/admin/v1/recovery/end', { justification: 'Test' });
    expect([early.status, early.body.reason]).toEqual([409, 'recovery_unfinished']);
    const [found] = (await operator.get(`/admin/v1/reconciliation-cases?transaction=${several}`)).body;
    const path = `/admin/v1/reconciliation-cases/${found.id}`;
    const { body } = await operator.get(path);
    expect(body.offers.map(({ offer_name }: any) => offer_name)).toEqual(['others', 'both']);
    const unsaid = await operator.post(`${path}/end`, { end: 'book', justification: 'Test' });
    expect([unsaid.status, unsaid.body.reason]).toEqual([409, 'end_not_possible']);
    const booked = await operator.post(`${path}/end`, { end: 'book', offer_id: offers['both'], justification: 'Test' });
    expect(booked).toMatchObject({ status: 201, body: { status: 'closed', end: 'book' } });
  });

  it('sells again when it is said to be done, and ledger and supplier agree', async () => {
    const ended = await operator.post('/admin/v1/recovery/end', { justification: 'All suppliers were asked' });
    expect(ended).toMatchObject({ status: 201, body: { status: 'ended', booked: 4 } });
    const again = await shop.sell(offers['one'] as string, { msisdn: '0684587100' });
    expect([again.status, again.body.status]).toEqual([201, 'ok']);
    for (const offer of [offers['one'], offers['both']]) {
      const proof = await operator.get(`/admin/v1/ledger/verification?offer=${offer}`);
      expect(proof.body).toMatchObject({ verified: true });
    }
    expect(await shop.stock(offers['one'] as string)).toBe(2);
    expect(await shop.stock(offers['both'] as string)).toBe(4);

    // Nothing is lost any more, and nothing else differs.
    expect((await operator.post('/admin/v1/recovery', { since })).status).toBe(202);
    expect((await searched()).lost).toEqual({ one_offer: 0, several_offers: 0, no_offer: 0 });
    const [run] = (await operator.get('/admin/v1/reconciliations?limit=1')).body;
    expect(run).toMatchObject({ status: 'done', agrees: true, ours: 5, theirs: 5 });
  });

  it('is not begun again by the setting once it has ended', async () => {
    await operator.post('/admin/v1/recovery/end', { justification: 'Seen' });
    await server.stop();
    await startOn(restored, { RESTORED_SINCE: since });
    expect((await recovery()).status).toBe('ended');
  });

  it('closes the next statement on the one before the backup: with the ledger and the supplier it agrees to the unit', async () => {
    await server.stop();
    await startOn(restored, {}, DAY_MS);
    // What was frozen before the backup is the same.
    expect(await closeUpTo(firstDay)).toBe(firstStatement);
    const [first, second] = [firstStatement, await closeUpTo(dayIn(1))].map((text) => JSON.parse(text).document);
    expect([first.number, second.number]).toEqual([1, 2]);
    const { body: listed } = await operator.get(`/admin/v1/statements?distributor=${distributor_id}`);
    expect(second.previous_hash).toBe(listed.find(({ number }: any) => number === 1).hash);
    const soldIn = ({ offers: all }: any): number => all.reduce((sum: number, each: any) => sum + each.sold, 0);
    expect([soldIn(first), soldIn(second)]).toEqual([1, sold.length + 2]);
    const delivered = (await vendor.orders()).filter(({ state }) => state === 'delivered');
    expect(delivered).toHaveLength(soldIn(first) + soldIn(second));
    const stocks = { [offers['one'] as string]: 2, [offers['both'] as string]: 4 };
    for (const { offer_id, closing } of second.offers)
      expect([offer_id, closing]).toEqual([offer_id, stocks[offer_id] ?? 0]);
  });
});
