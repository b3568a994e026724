import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { type RawCaller, rawCallerWith } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const LIVE = ['', '/travel-b2b/v1'];
const SANDBOX = '/travel-b2b-sandbox/v1';
const LINE = { msisdn: '0684587587' };

describe.each(ENGINES)('live and sandbox on %s', (engine) => {
  let world: DemoPlace;
  let live: PathCaller;
  let wire: RawCaller;
  let sandbox: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    live = await signInClient(server, world.demo);
    wire = rawCallerWith(server, live.token);
    sandbox = await signInClient(server, world.demo.sandbox);
  });
  afterAll(() => world.remove());

  const sandboxOffer = (kind: string): string =>
    world.demo.sandbox.offers.find((offer) => offer.kind === kind)?.id ?? expect.fail(`no offer of kind ${kind}`);
  const sellIn = (caller: PathCaller, base: string, offer_id: string) =>
    caller.post(`${base}/distributors/transactions`, { offer_id, parameters: LINE });

  it.each([
    '/distributors/offers',
    '/distributors/transactions',
    '/distributors/transactions/count',
    '/distributors/suppliers',
    '/countries',
    '/currencies',
  ])('are two worlds at %s: a token of one is refused in the other', async (path) => {
    for (const base of LIVE) {
      expect((await live.get(base + path)).status).toBe(200);
      const { status, body } = await sandbox.get(base + path);
      expect([status, body.code, body.reason]).toEqual([403, 50, 'access_denied']);
    }
    expect((await sandbox.get(SANDBOX + path)).status).toBe(200);
    const { status, body } = await live.get(SANDBOX + path);
    expect([status, body.code, body.reason]).toEqual([403, 50, 'access_denied']);
  });

  it('sell nothing to a token of the other', async () => {
    const stock = async () => [
      await live.stock(world.offer('msisdn')),
      (await sandbox.get(`${SANDBOX}/distributors/offers/${sandboxOffer('msisdn')}`)).body.bucket as number,
    ];
    const before = await stock();
    const refusals = [
      await sellIn(sandbox, '', sandboxOffer('msisdn')),
      await sellIn(sandbox, LIVE[1] as string, world.offer('msisdn')),
      await sellIn(live, SANDBOX, world.offer('msisdn')),
      await live.patch(`${SANDBOX}/distributors/offers/${world.offer('msisdn')}`, { name: 'x' }),
    ];
    expect(refusals.map(({ status, body }) => `${status} ${body.reason}`)).toEqual(Array(4).fill('403 access_denied'));
    expect((await sellIn(live, '', sandboxOffer('msisdn'))).body.reason).toBe('invalid_offer_id');
    expect((await sellIn(sandbox, SANDBOX, world.offer('msisdn'))).body.reason).toBe('invalid_offer_id');
    expect(await stock()).toEqual(before);
  });

  it('show nothing of each other', async () => {
    const { body: sold } = await sellIn(live, '', world.offer('msisdn'));
    const { body: tried } = await sellIn(sandbox, SANDBOX, sandboxOffer('msisdn'));
    expect([sold.status, tried.status]).toEqual(['ok', 'ok']);

    const ids = async (caller: PathCaller, path: string): Promise<string[]> =>
      ((await caller.get(path)).body as { id: string }[]).map(({ id }) => id);
    expect(await ids(live, '/distributors/transactions')).toEqual([sold.id]);
    expect(await ids(sandbox, `${SANDBOX}/distributors/transactions`)).toEqual([tried.id]);
    expect((await live.get('/distributors/transactions/count')).body).toEqual({ count: 1 });
    expect(await ids(live, '/distributors/offers')).toEqual(world.demo.offers.map(({ id }) => id));
    expect(await ids(sandbox, `${SANDBOX}/distributors/offers`)).toEqual(world.demo.sandbox.offers.map(({ id }) => id));

    for (const path of [`/distributors/transactions/${tried.id}`, `/distributors/offers/${sandboxOffer('msisdn')}`]) {
      expect((await live.get(path)).status).toBe(404);
    }
    for (const path of [`/distributors/transactions/${sold.id}`, `/distributors/offers/${world.offer('msisdn')}`]) {
      expect((await sandbox.get(SANDBOX + path)).status).toBe(404);
    }
    expect((await live.get(`/v1/offers/${sandboxOffer('msisdn')}/prices`)).status).toBe(404);
    expect((await sandbox.get(`/v1/offers/${world.offer('msisdn')}/prices`)).status).toBe(404);
  });

  it('share /v1, where each sees its own', async () => {
    expect((await live.get(`/v1/offers/${world.offer('msisdn')}/prices`)).body).toHaveLength(1);
    expect((await sandbox.get(`/v1/offers/${sandboxOffer('msisdn')}/prices`)).body).toHaveLength(1);
    expect((await sandbox.patch('/v1/settings', { line_units_per_day: 7 })).body.line_units_per_day).toBe(7);
    expect((await live.get('/v1/settings')).body.line_units_per_day).toBeNull();
    expect((await sandbox.patch('/v1/settings', { line_units_per_day: null })).status).toBe(200);
  });

  it('differ in who recharges: in the sandbox the simulator, also where there is no connector', async () => {
    const refused = await sellIn(live, '', world.offer('unmanaged'));
    expect([refused.status, refused.body.reason]).toEqual([400, 'supplier_not_managed']);
    const sold = await sellIn(sandbox, SANDBOX, sandboxOffer('unmanaged'));
    expect([sold.status, sold.body.status]).toEqual([201, 'ok']);

    const statusIn = async (caller: PathCaller, base: string): Promise<string> => {
      const { body } = await caller.get(`${base}/distributors/suppliers`);
      const suppliers = body as { name: string; connector_status: string }[];
      return suppliers.find(({ name }) => name === 'Orange Travel B2B')?.connector_status ?? '';
    };
    expect([await statusIn(live, ''), await statusIn(sandbox, SANDBOX)]).toEqual(['none', 'up']);
  });

  it('need a token, but not to see whether the server is alive', async () => {
    for (const base of [...LIVE, SANDBOX]) {
      expect((await wire.get(`${base}/live`, { authorization: '' })).status).toBe(200);
      expect((await wire.get(`${base}/currencies`, { authorization: '' })).body.reason).toBe('missing_credentials');
    }
    expect((await wire.get('/v1/settings', { authorization: '' })).body.reason).toBe('missing_credentials');
    expect((await wire.get('/v1/settings', { accept: 'text/html' })).body.reason).toBe('not_acceptable');
  });

  it('share no trouble: a supplier that is away in the sandbox is there for live sales', async () => {
    const offer_id = sandboxOffer('msisdn');
    const tried = await Promise.all(
      Array.from({ length: 50 }, () =>
        sandbox.post(`${SANDBOX}/distributors/transactions`, { offer_id, parameters: { msisdn: '0684587005' } }),
      ),
    );
    expect(new Set(tried.map(({ body }) => body.reason))).toEqual(new Set(['supplier_unavailable']));
    const { body } = await live.get('/distributors/suppliers');
    expect(body.map((supplier: { connector_status: string }) => supplier.connector_status)).not.toContain('down');
    expect((await sellIn(live, '', world.offer('msisdn'))).body.status).toBe('ok');
  });
});
