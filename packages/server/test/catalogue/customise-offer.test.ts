import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type PathCaller, signInClient } from '../support/caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

describe.each(ENGINES)('an offer of a distributor’s own on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let other: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await signInClient(server, world.demo);
    other = await signInClient(server, world.demo.other);
  });
  afterAll(() => world.remove());

  const pathOf = (kind: string): string => `/distributors/offers/${world.offer(kind)}`;
  const change = (kind: string, body: unknown): Promise<Answer> => shop.patch(pathOf(kind), body);
  const prices = async (kind: string, query = ''): Promise<any[]> =>
    (await shop.get(`/v1/offers/${world.offer(kind)}/prices${query}`)).body;
  const versionOf = async (kind: string): Promise<number> => (await prices(kind))[0].version;

  it('has the name and fee that it is given; what the operator charges stays', async () => {
    const { body: before } = await shop.get(pathOf('msisdn'));
    const { status, body } = await change('msisdn', {
      name: 'Recharge France 10 €',
      distributor_fees: 2.08,
      distributor_fees_type: 'value',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      name: 'Recharge France 10 €',
      distributor_fees: 2.08,
      distribution_fees: 2.08,
      public_price: 10,
      margin: 2.08,
      update_date: expect.any(String),
    });
    expect(body.resell_value).toBe(7.92);
    expect((await shop.get(pathOf('msisdn'))).body).toEqual(body);
  });

  it.each([
    [
      { distributor_fees: 2.5, distributor_fees_type: 'percent' },
      { margin: 0.2, public_price: 8.12 },
    ],
    [{ distributor_fees: 12.3456 }, { margin: 0.98, public_price: 8.9 }],
    [{ distributor_fees: 0.0001 }, { margin: 0, public_price: 7.92 }],
    [{ distributor_fees: 100 }, { margin: 7.92, public_price: 15.84 }],
    // The number stays, what it means changes.
    [{ distributor_fees_type: 'value' }, { distributor_fees: 100, margin: 100, public_price: 107.92 }],
    [{ distributor_fees: 0.1 }, { margin: 0.1, public_price: 8.02 }],
    [{ distributor_fees: 0 }, { margin: 0, public_price: 7.92 }],
  ])('with %j costs %j', async (fee, price) => {
    const { status, body } = await change('spain', fee);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...fee, ...price, resell_value: 7.92 });
    expect([body.distribution_fees, body.distribution_fees_type]).toEqual([
      body.distributor_fees,
      body.distributor_fees_type,
    ]);
  });

  it('takes no fee that is not exact, whether amount or type or both are changed', async () => {
    await change('simId', { distributor_fees: 2.0812, distributor_fees_type: 'percent' });
    const { body: before } = await shop.get(pathOf('simId'));
    const refusals = [
      [{ distributor_fees_type: 'value' }, '2.0812 EUR is not exact to the minor unit'],
      [{ distributor_fees: 2.085, distributor_fees_type: 'value' }, '2.085 EUR is not exact to the minor unit'],
      [{ distributor_fees: 2.08125 }, 'as a percentage, 2.08125 has more than 4 digits behind the point'],
      [{ distributor_fees: 1e-7 }, 'as a percentage, 1e-7 has more than 4 digits behind the point'],
      [{ name: 'Ten', distributor_fees: 2.08125 }, 'as a percentage, 2.08125 has more than 4 digits behind the point'],
    ] as const;
    for (const [body, why] of refusals) {
      const answer = await change('simId', body);
      expect([answer.status, answer.body.code, answer.body.reason]).toEqual([400, 24, 'invalid_body_field']);
      expect(answer.body.description).toBe(`invalid distributor_fees parameter in body: ${why}`);
    }
    expect((await shop.get(pathOf('simId'))).body).toEqual(before);
    await change('simId', { distributor_fees: 2.08, distributor_fees_type: 'value' });
    expect((await change('simId', { distributor_fees: 2.085 })).status).toBe(400);
    expect((await change('simId', { distributor_fees_type: 'percent' })).body).toMatchObject({ margin: 0.16 });
  });

  it.each<[string, unknown, number, string]>([
    ['nothing', {}, 22, 'at least one field is needed'],
    ['a list', [], 22, 'a JSON object is needed'],
    ['another price', { resell_value: 1 }, 24, 'resell_value'],
    ['a fee below nothing', { distributor_fees: -0.01 }, 24, 'distributor_fees'],
    ['a fee in words', { distributor_fees: '2.08' }, 24, 'distributor_fees'],
    ['a fee beyond measure', { distributor_fees: 1_000_001 }, 24, 'distributor_fees'],
    ['an unknown type of fee', { distributor_fees_type: 'fixed' }, 24, 'distributor_fees_type'],
    ['no name', { name: '' }, 24, 'name'],
    ['a name of two lines', { name: 'a\nb' }, 24, 'name'],
    ['a name without end', { name: 'x'.repeat(256) }, 24, 'name'],
    ['half a surrogate for a name', { name: '\ud800' }, 24, 'name'],
    ['metadata that are a list', { metadata: [] }, 24, 'metadata'],
    ['metadata that are a number', { metadata: 7 }, 24, 'metadata'],
    ['metadata with a NUL', { metadata: { a: ['\u0000'] } }, 24, 'metadata'],
  ])('takes no change to %s', async (_, body, code, field) => {
    const { body: before } = await shop.get(pathOf('empty'));
    const answer = await change('empty', body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(answer.body.description).toContain(field);
    expect((await shop.get(pathOf('empty'))).body).toEqual(before);
  });

  it('gives its metadata back as they were given, and keeps its version', async () => {
    const version = await versionOf('small');
    const given = [
      'free text, “as is”',
      '{"looks":"like JSON"}',
      { shelf: 'B-7', tags: ['fr', null, { deep: [1, 2.5, true] }], 'a\nb': 1, '': 'no name' },
      {},
      '',
    ];
    for (const metadata of given) {
      expect((await change('small', { metadata })).body.metadata).toEqual(metadata);
      expect((await shop.get(pathOf('small'))).body.metadata).toEqual(metadata);
    }
    expect(await versionOf('small')).toBe(version);
  });

  it('is as it was after a change that changes nothing', async () => {
    await change('withdrawn', { name: 'Ten', distributor_fees: 1, metadata: { a: [1], b: 2 } });
    const { body: before } = await shop.get(pathOf('withdrawn'));
    const version = await versionOf('withdrawn');
    const again = await change('withdrawn', { name: 'Ten', distributor_fees: 1, metadata: { b: 2, a: [1] } });
    expect([again.status, again.body]).toEqual([200, before]);
    expect(await versionOf('withdrawn')).toBe(version);
  });

  it('leaves earlier sales as they were sold', async () => {
    const { body: early } = await shop.sell(world.offer('small'), { msisdn: '0684587587' });
    await change('small', { name: 'Renamed' });
    const { body: late } = await shop.sell(world.offer('small'), { msisdn: '0684587588' });
    expect(early.offer_name).not.toBe('Renamed');
    expect(late.offer_name).toBe('Renamed');
    expect((await shop.get(`/distributors/transactions/${early.id}`)).body).toEqual(early);
  });

  it('is nothing to another distributor', async () => {
    const { body: before } = await shop.get(pathOf('msisdn'));
    const answer = await other.patch(pathOf('msisdn'), { name: 'Mine' });
    expect([answer.status, answer.body.reason]).toEqual([404, 'not_found']);
    expect((await other.get(`/v1/offers/${world.offer('msisdn')}/prices`)).status).toBe(404);
    expect((await shop.patch(`/distributors/offers/${randomUUID()}`, { name: 'Mine' })).status).toBe(404);
    expect((await shop.get(pathOf('msisdn'))).body).toEqual(before);
  });

  it('keeps each of twenty changes that come at once', async () => {
    const first = await versionOf('expired');
    const names = Array.from({ length: 20 }, (_, i) => `Name ${i}`);
    const answers = await Promise.all(names.map((name) => change('expired', { name })));
    expect(answers.map(({ status, body }) => [status, body.name])).toEqual(names.map((name) => [200, name]));

    const kept = await prices('expired');
    expect(kept.map(({ version }) => version)).toEqual(Array.from({ length: first + 20 }, (_, i) => first + 20 - i));
    const keptNames = kept.slice(0, 20).map(({ name }) => name as string);
    expect(new Set(keptNames)).toEqual(new Set(names));
    expect((await shop.get(pathOf('expired'))).body.name).toBe(kept[0].name);
    const since = kept.map((price) => Date.parse(price.since as string));
    expect(since).toEqual(since.toSorted((a, b) => b - a));
  });

  it('tells what it has cost, newest first, in pages', async () => {
    await change('unmanaged', { distributor_fees: 1.08 });
    await change('unmanaged', { distributor_fees: 10, distributor_fees_type: 'percent' });
    const all = await prices('unmanaged');
    const same = { name: 'Travel B2B 10 EUR, no connector', resell_value: 7.92, currency: 'EUR' };
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    expect(all).toEqual([
      {
        ...same,
        version: 3,
        since,
        distributor_fees: 10,
        distributor_fees_type: 'percent',
        public_price: 8.71,
        margin: 0.79,
      },
      {
        ...same,
        version: 2,
        since,
        distributor_fees: 1.08,
        distributor_fees_type: 'value',
        public_price: 9,
        margin: 1.08,
      },
      {
        ...same,
        version: 1,
        since,
        distributor_fees: 0,
        distributor_fees_type: 'value',
        public_price: 7.92,
        margin: 0,
      },
    ]);
    expect(await prices('unmanaged', '?limit=1&offset=1')).toEqual([all[1]]);
    expect(await prices('unmanaged', '?offset=3')).toEqual([]);
  });

  it('has told of each change in an event and in the audit, and of nothing else', async () => {
    await server.stop();
    const db = await world.openDb();
    const offer = world.offer('unmanaged');
    const events = await db.query('SELECT kind, data FROM events WHERE subject_id = $1 ORDER BY id', [offer]);
    const audit = await db.query('SELECT actor, action, details FROM audit WHERE subject = $1 ORDER BY id', [offer]);
    const [{ quiet }] = (await db.query(
      `SELECT (SELECT count(*) FROM events WHERE subject_id = $1) + (SELECT count(*) FROM audit WHERE subject = $1::text)
         AS quiet`,
      [world.offer('empty')],
    )) as [{ quiet: number }];
    const small = await db.query("SELECT FROM events WHERE subject_id = $1 AND kind = 'offer.changed'", [
      world.offer('small'),
    ]);
    await db.close();

    const actor = `client ${world.demo.client_id}`;
    const terms = (fees: string, fees_type: string) => ({ name: 'Travel B2B 10 EUR, no connector', fees, fees_type });
    expect(events.filter(({ kind }) => kind !== 'stock.granted')).toEqual([
      { kind: 'offer.changed', data: expect.objectContaining({ offer_id: offer, version: 2, distributor_fees: 1.08 }) },
      { kind: 'offer.changed', data: expect.objectContaining({ offer_id: offer, version: 3, distributor_fees: 10 }) },
    ]);
    expect(audit).toEqual([
      { actor, action: 'offer.changed', details: { before: terms('0', 'value'), after: terms('108', 'value') } },
      { actor, action: 'offer.changed', details: { before: terms('108', 'value'), after: terms('10', 'percent') } },
    ]);
    expect(quiet).toBe(0);
    expect(small).toHaveLength(6);
  });
});
