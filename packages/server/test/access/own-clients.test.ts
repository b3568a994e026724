import { OPERATIONS } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type Browser, signInAs } from '../support/browser.ts';
import { exampleRequest } from '../support/example-request.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made } from '../support/shop.ts';

const OWN = '/v1/credentials';
const MOST = 20;
/** What a distributor's administrators may do and its sellers may not. */
const FOR_ADMINS = OPERATIONS.filter(({ access, roles }) => access === 'distributor' && !roles.includes('seller'));

describe.each(ENGINES)('clients that a distributor makes itself, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: RawCaller;
  let admin: Browser;
  let distributor: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    operator = rawCallerWith(server, world.demo.admin_token);
    admin = await signInAs(server, world.demo.console.distributor_admin);
    distributor = (await admin.get('/accounts/v1/session')).body.distributor_id;
  });
  afterAll(() => world.remove());

  const given = async (requests_per_minute: number) =>
    made(
      await operator.post(`/admin/v1/distributors/${distributor}/credentials`, { name: 'Given', requests_per_minute }),
    );
  const limitTo = (client_id: string, requests_per_minute: number): Promise<Answer> =>
    operator.patch(`/admin/v1/credentials/${client_id}`, { requests_per_minute });
  const rateOf = async (making: Promise<Answer>): Promise<number> => made(await making).requests_per_minute;

  it('may not do more than the one that makes them, though others of the distributor may', async () => {
    const small = await given(40);
    const till = await rawSignIn(server, small);
    expect(await rateOf(till.post(OWN, { name: 'Second' }))).toBe(40);
    // What counts is what it may now, not what its token says.
    await limitTo(small.client_id, 30);
    expect(await rateOf(till.post(OWN, { name: 'Third' }))).toBe(30);
  });

  it('made by people, may do as much as the busiest that was given to it, also once that one is revoked', async () => {
    const listed = (await admin.get(OWN)).body as { client_id: string; world: string }[];
    for (const { client_id, world: its } of listed) if (its === 'live') await limitTo(client_id, 30);
    const busiest = await given(50);
    expect(await rateOf(admin.post(OWN, { name: 'Till' }))).toBe(50);
    for (const { client_id, world: its } of (await admin.get(OWN)).body) {
      if (its === 'live' && client_id !== busiest.client_id) await admin.delete(`${OWN}/${client_id}`);
    }
    await admin.delete(`${OWN}/${busiest.client_id}`);
    expect(await rateOf(admin.post(OWN, { name: 'Last' }))).toBe(50);
  });

  it('are twenty at most that count, also when they are made at the same moment', async () => {
    const counting = async (): Promise<number> => {
      const all = (await admin.get(`${OWN}?limit=1000`)).body as { world: string; revocation_date?: string }[];
      return all.filter((each) => each.world === 'live' && !each.revocation_date).length;
    };
    const before = await counting();
    const answers = await Promise.all(Array.from({ length: MOST + 3 }, () => admin.post(OWN, { name: 'One of many' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(MOST - before);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused.map(({ body }) => body.reason)).toEqual(refused.map(() => 'too_many_clients'));
    expect(await counting()).toBe(MOST);
    const [first] = answers.filter(({ status }) => status === 201);
    await admin.delete(`${OWN}/${first?.body.client_id}`);
    expect((await admin.post(OWN, { name: 'In its place' })).status).toBe(201);
  });

  it('of the sandbox make none of the live world, nor touch any', async () => {
    const sandbox = await rawSignIn(server, world.demo.sandbox);
    expect((await sandbox.post(OWN, { name: 'Mine' })).body.world).toBe('sandbox');
    expect((await sandbox.post(OWN, { name: 'Theirs', world: 'live' })).status).toBe(404);
    expect((await sandbox.post(`${OWN}/${world.demo.client_id}/rotations`, {})).status).toBe(404);
  });

  it('that have just revoked themselves give nobody anything any more', async () => {
    const { body: client } = await admin.post(OWN, { name: 'Short', world: 'sandbox' });
    const short = await rawSignIn(server, client);
    expect((await short.delete(`${OWN}/${client.client_id}`)).status).toBe(200);
    const answers = await Promise.all(
      FOR_ADMINS.map(async ({ id }) => {
        const { method, path, headers, body } = exampleRequest(id);
        const request = { method, headers: { ...headers, authorization: `Bearer ${short.token}` } };
        const wire = path.startsWith('/distributors/') ? `/travel-b2b-sandbox/v1${path}` : path;
        const answer = await fetch(server.baseUrl + wire, body === undefined ? request : { ...request, body });
        return [id, answer.status, ((await answer.json()) as { reason?: string }).reason];
      }),
    );
    expect(answers).toEqual(FOR_ADMINS.map(({ id }) => [id, 401, 'invalid_credentials']));
  });
});
