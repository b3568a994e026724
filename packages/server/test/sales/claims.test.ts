import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, signInAs } from '../support/browser.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';

describe.each(STORAGE_ENGINES)('a sale without an outcome on %s', (engine) => {
  let world: DemoPlace;
  let shop: PathCaller;
  let operator: PathCaller;
  let ada: Browser;
  let bob: Browser;
  let names: { ada: string; bob: string };

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start({ ADMIN_TOKEN });
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, ADMIN_TOKEN);
    const { operator: first, support: second } = world.demo.console;
    [ada, bob] = [await signInAs(server, first), await signInAs(server, second)];
    names = { ada: first.email, bob: second.email };
  });
  afterAll(async () => {
    await world?.remove();
  });

  const stuck = async (): Promise<string> => {
    const sold = await shop.sell(world.offer('msisdn'), { msisdn: '0684587009' });
    expect(sold.body.status).toBe('pending');
    return `/admin/v1/transactions/${sold.body.id}`;
  };
  const ownerOf = async (sale: string): Promise<string | undefined> => (await operator.get(sale)).body.owner;

  it('is taken care of by one person at a time, who hands it back or has it taken over', async () => {
    const sale = await stuck();
    expect(await ownerOf(sale)).toBeUndefined();
    for (const _ of [1, 2]) {
      expect(await ada.post(`${sale}/claim`, {})).toMatchObject({ status: 200, body: { owner: names.ada } });
    }
    const refused = { status: 409, body: { reason: 'already_claimed' } };
    expect(await bob.post(`${sale}/claim`, {})).toMatchObject(refused);
    expect(await bob.delete(`${sale}/claim`)).toMatchObject(refused);
    expect(await ownerOf(sale)).toBe(names.ada);
    expect((await bob.post(`${sale}/claim`, { take_over: true })).body.owner).toBe(names.bob);
    for (const _ of [1, 2]) expect((await bob.delete(`${sale}/claim`)).status).toBe(200);
    expect(await ownerOf(sale)).toBeUndefined();
    const { body: trail } = await operator.get(`/admin/v1/audit?subject=${sale.split('/').at(-1)}`);
    expect(trail.map(({ action }: { action: string }) => action).toReversed()).toEqual([
      'transaction.claimed',
      'transaction.taken_over',
      'transaction.handed_back',
    ]);
  });

  it('is claimed by one of two who want it at the same moment', { tags: 'long' }, async () => {
    const sale = await stuck();
    const answers = await Promise.all([ada.post(`${sale}/claim`, {}), bob.post(`${sale}/claim`, {})]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('shows no owner once it has its outcome, and cannot be claimed any more', { tags: 'long' }, async () => {
    const sale = await stuck();
    await ada.post(`${sale}/claim`, {});
    expect((await bob.post(`${sale}/resolutions`, { status: 'ok', justification: 'Delivered' })).status).toBe(201);
    expect(await ownerOf(sale)).toBeUndefined();
    expect(await ada.post(`${sale}/claim`, {})).toMatchObject({ status: 409, body: { reason: 'already_final' } });
  });

  it('is free again once the account of its owner is removed', { tags: 'long' }, async () => {
    const sale = await stuck();
    await bob.post(`${sale}/claim`, {});
    expect(await ownerOf(sale)).toBe(names.bob);
    const { body: accounts } = await operator.get('/admin/v1/accounts?limit=1000');
    const { id } = accounts.find(({ email }: { email: string }) => email === names.bob);
    expect((await operator.delete(`/admin/v1/accounts/${id}`)).status).toBe(200);
    expect(await ownerOf(sale)).toBeUndefined();
    expect((await ada.post(`${sale}/claim`, {})).body.owner).toBe(names.ada);
  });
});
