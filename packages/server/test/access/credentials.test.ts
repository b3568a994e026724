import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, ENGINES, type Place, type RunningServer } from '../support/server.ts';
import { made, setUpShop } from '../support/shop.ts';

type Client = { client_id: string; client_secret: string };

/** Far longer than a change of a client may take to be known everywhere. */
const SOON = { timeout: 60_000, interval: 100 };
const OFFERS = '/distributors/offers';

describe.each(ENGINES)('the clients of a distributor on %s', (engine) => {
  let place: Place;
  let server: RunningServer;
  let operator: RawCaller;
  let distributor_id: string;
  let client: Client;

  beforeAll(async () => {
    place = await createEmptyPlace(engine);
    server = await place.start();
    operator = rawCallerWith(server, ADMIN_TOKEN);
    ({ distributor_id, client } = await setUpShop(operator, 'Café Zoé', 10));
  });
  afterAll(() => place.remove());

  const newClient = async (name = 'Till'): Promise<Client & { requests_per_minute: number }> =>
    made(await operator.post(`/admin/v1/distributors/${distributor_id}/credentials`, { name }));
  const rotate = (client_id: string, overlap_s?: number): Promise<Answer> =>
    operator.post(`/admin/v1/credentials/${client_id}/rotations`, overlap_s === undefined ? {} : { overlap_s });
  const getsToken = (client_id: string, client_secret: string): Promise<boolean> =>
    rawSignIn(server, { client_id, client_secret }).then(
      () => true,
      () => false,
    );
  const list = async (): Promise<any[]> =>
    (await operator.get(`/admin/v1/distributors/${distributor_id}/credentials`)).body;
  const of = async (client_id: string): Promise<any> => (await list()).find((each) => each.client_id === client_id);

  it('have an id that says whose they are, and a secret that is told once and kept nowhere', async () => {
    const answer = await operator.post(`/admin/v1/distributors/${distributor_id}/credentials`, {
      name: 'Till 4',
      requests_per_minute: 90,
    });
    const { client_secret, ...credential } = made(answer);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(credential.client_id).toMatch(/^cafe-zoe-[0-9a-f]{12}$/);
    expect(Buffer.from(client_secret, 'base64url')).toHaveLength(32);
    expect(credential).toMatchObject({ distributor_id, name: 'Till 4', requests_per_minute: 90 });
    expect(await of(credential.client_id)).toEqual(credential);
    expect(JSON.stringify(await list())).not.toContain('secret"');
    expect(await getsToken(credential.client_id, client_secret)).toBe(true);
    expect((await newClient()).requests_per_minute).toBe(6_000);
  });

  it('can be renamed, and given another limit', async () => {
    const { client_id } = await newClient();
    const changed = await operator.patch(`/admin/v1/credentials/${client_id}`, { name: 'A', requests_per_minute: 7 });
    expect(changed.body).toMatchObject({ client_id, name: 'A', requests_per_minute: 7 });
    expect(await of(client_id)).toEqual(changed.body);
  });

  it('after a rotation have two secrets for a while, a day unless told', async () => {
    const { client_id, client_secret } = await newClient();
    const second = made(await rotate(client_id));
    const ends = Date.parse(second.old_secret_expiration_date) - Date.now();
    expect(ends).toBeGreaterThan(86_300_000);
    expect(ends).toBeLessThanOrEqual(86_400_000);
    expect(second.client_secret).not.toBe(client_secret);
    expect(await getsToken(client_id, client_secret)).toBe(true);
    expect(await getsToken(client_id, second.client_secret)).toBe(true);
    const { client_secret: _, ...credential } = second;
    expect(await of(client_id)).toEqual(credential);
    expect(credential.rotation_date).toBeDefined();
  });

  it('rotated again meanwhile have the last two secrets, not the first', async () => {
    const { client_id, client_secret } = await newClient();
    const second = made(await rotate(client_id));
    const third = made(await rotate(client_id));
    const secrets = [client_secret, second.client_secret, third.client_secret] as string[];
    expect(await Promise.all(secrets.map((secret) => getsToken(client_id, secret)))).toEqual([false, true, true]);
  });

  it('rotated without an overlap have the new secret only; the old one’s tokens work on', async () => {
    const { client_id, client_secret } = await newClient();
    const till = await rawSignIn(server, { client_id, client_secret });
    const second = made(await rotate(client_id, 0));
    expect(second.old_secret_expiration_date).toBeUndefined();
    expect(await getsToken(client_id, client_secret)).toBe(false);
    expect(await getsToken(client_id, second.client_secret)).toBe(true);
    expect((await till.get(OFFERS)).status).toBe(200);
  });

  it('lose the old secret when the overlap is over', async () => {
    const { client_id, client_secret } = await newClient();
    const second = made(await rotate(client_id, 4));
    expect(await getsToken(client_id, client_secret)).toBe(true);
    await vi.waitFor(async () => expect(await getsToken(client_id, client_secret)).toBe(false), SOON);
    expect(await getsToken(client_id, second.client_secret)).toBe(true);
    expect((await of(client_id)).old_secret_expiration_date).toBeUndefined();
  });

  it('rotated twice at the same moment have two of the three secrets, the newest among them', async () => {
    const { client_id, client_secret } = await newClient();
    const rotated = (await Promise.all([rotate(client_id), rotate(client_id)])).map(made);
    const secrets = rotated.map((each) => each.client_secret as string);
    expect(await Promise.all(secrets.map((secret) => getsToken(client_id, secret)))).toEqual([true, true]);
    expect(await getsToken(client_id, client_secret)).toBe(false);
  });

  it('once revoked get no token, and within seconds those they have end; other clients work on', async () => {
    const till = await newClient();
    const caller = await rawSignIn(server, till);
    const other = await rawSignIn(server, client);
    expect((await caller.get(OFFERS)).status).toBe(200);

    const revoked = await operator.delete(`/admin/v1/credentials/${till.client_id}`);
    expect(revoked.status).toBe(200);
    expect(Date.parse(revoked.body.revocation_date)).toBeGreaterThan(Date.now() - 10_000);
    expect(await getsToken(till.client_id, till.client_secret)).toBe(false);
    await vi.waitFor(async () => expect((await caller.get(OFFERS)).status).toBe(401), SOON);
    expect((await caller.get(OFFERS)).body).toMatchObject({ code: 41, reason: 'invalid_credentials' });
    expect((await other.get(OFFERS)).status).toBe(200);

    const again = await operator.delete(`/admin/v1/credentials/${till.client_id}`);
    expect([again.status, again.body]).toEqual([200, revoked.body]);
    const rotation = await rotate(till.client_id);
    expect([rotation.status, rotation.body.description]).toEqual([404, `client ${till.client_id} was revoked`]);
  });

  it('of a suspended distributor are out within seconds, and back when it may work again', async () => {
    const other = await setUpShop(operator, 'Pier', 1);
    const pier = await rawSignIn(server, other.client);
    const mine = await rawSignIn(server, client);
    const set = (status: string): Promise<Answer> =>
      operator.patch(`/admin/v1/distributors/${other.distributor_id}`, { status });
    const answers = async (status: number): Promise<void> => expect((await pier.get(OFFERS)).status).toBe(status);

    expect((await set('suspended')).body.status).toBe('suspended');
    expect(await getsToken(other.client.client_id, other.client.client_secret)).toBe(false);
    await vi.waitFor(() => answers(401), SOON);
    expect((await mine.get(OFFERS)).status).toBe(200);

    await set('active');
    expect(await getsToken(other.client.client_id, other.client.client_secret)).toBe(true);
    await vi.waitFor(() => answers(200), SOON);
  });

  it('of a sandbox distributor are for the sandbox only', async () => {
    const { id } = made(await operator.post('/admin/v1/distributors', { name: 'Trial', world: 'sandbox' }));
    const trial = await rawSignIn(
      server,
      made(await operator.post(`/admin/v1/distributors/${id}/credentials`, { name: 'x' })),
    );
    expect((await trial.get(OFFERS)).body.reason).toBe('access_denied');
    expect((await trial.get(`/travel-b2b-sandbox/v1${OFFERS}`)).status).toBe(200);
  });
});
