import { OPERATIONS, type Role } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type Browser, signInAs } from '../support/browser.ts';
import { exampleRequest } from '../support/example-request.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const LINE = '+33684587587';
/** How often somebody may look for lines in a quarter of an hour who sees them masked. */
const SEARCHES = 20;
/** The operations that can be asked for a line, with the parameter that names it. */
const SEARCHABLE = OPERATIONS.flatMap(({ id, query, roles = [] }) =>
  ['line', 'simId', 'msisdn', 'iccid', 'imsi', 'nsce']
    .filter((name) => query !== undefined && name in query.properties)
    .map((name) => ({ id, name, roles })),
);

it('lines can be asked for where one expects it', () => {
  expect(SEARCHABLE.map(({ id }) => id)).toEqual([
    'getDistributorTransactionList',
    'getDistributorTransactionCount',
    'getSimStatus',
    'getUsageBalance',
    'getTransactionTotals',
    'lookupNumber',
    'listTransactions',
    'countTransactions',
    'totalTransactions',
  ]);
});

describe.each(ENGINES)('somebody who sees numbers masked, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let people: Record<string, Browser>;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    const shop = await rawSignIn(server, world.demo);
    await shop.sell(world.offer('msisdn'), { msisdn: LINE });
    const { viewer, support, seller, operator } = world.demo.console;
    people = {
      viewer: await signInAs(server, viewer),
      operator_support: await signInAs(server, support),
      seller: await signInAs(server, seller),
      operator_admin: await signInAs(server, operator),
    };
  });
  afterAll(() => world.remove());

  const search = (
    role: string,
    id: string,
    name: string,
    written: string,
    accept = 'application/json',
  ): Promise<Answer> => {
    const { path } = exampleRequest(id);
    const [address = ''] = path.split('?');
    const as = people[role] as Browser;
    return as.get(`${address}?${new URLSearchParams({ [name]: written }).toString()}`, { accept });
  };
  const trail = async (): Promise<any[]> =>
    (await rawCallerWith(server, world.demo.admin_token).get('/admin/v1/audit?action=line.searched&limit=1000')).body;

  it.each(['viewer', 'operator_support'])('finds a whole number as a %s, and no other, a few times', async (role) => {
    const mine = SEARCHABLE.filter(({ roles }) => roles.includes(role as Role));
    const list = role === 'viewer' ? 'getDistributorTransactionList' : 'listTransactions';
    expect((await search(role, list, 'line', '06 84 58 75 87')).body).toHaveLength(1);
    expect((await search(role, list, 'line', '0684587588')).body).toEqual([]);
    expect((await search(role, list, 'line', '684')).body).toEqual([]);
    const csv = await search(role, list, 'line', LINE, 'text/csv');
    expect(csv.body).toContain('+33 6 •• •• •• 87');

    // Whatever is asked, all of it together, from now on.
    for (let i = 4; i < SEARCHES; i += 1) {
      const { id, name } = mine[i % mine.length] as (typeof mine)[number];
      const { status } = await search(role, id, name, LINE);
      expect([id, status]).not.toEqual([id, 429]);
    }
    for (const { id, name } of mine) {
      const { status, body, headers } = await search(role, id, name, LINE);
      expect([id, status, body.reason]).toEqual([id, 429, 'too_many_requests']);
      expect(Number(headers.get('retry-after'))).toBe(900);
    }
    // What names no line goes on.
    expect((await search(role, list, 'limit', '5')).status).toBe(200);

    const noted = (await trail()).filter(
      ({ actor_email }) => actor_email === world.demo.console[role === 'viewer' ? role : 'support'].email,
    );
    expect(noted).toHaveLength(SEARCHES);
    expect(noted.at(-1)).toMatchObject({ action: 'line.searched', details: { after: { line: '•• •• •• •• 87' } } });
    expect(JSON.stringify(noted)).not.toContain('684587');
  });

  it('is not who sees them: others search as they like, and nobody writes it down', async () => {
    const before = (await trail()).length;
    for (let i = 0; i < SEARCHES + 5; i += 1) {
      expect((await search('seller', 'getDistributorTransactionCount', 'line', LINE)).body).toEqual({ count: 1 });
      expect((await search('operator_admin', 'countTransactions', 'line', LINE)).body).toEqual({ count: 1 });
    }
    expect(await trail()).toHaveLength(before);
  });
});
