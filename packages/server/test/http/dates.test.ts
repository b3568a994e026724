import { OPERATIONS, type Operation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

/** Those that nobody means: where calendars, databases and programs end. */
const EXTREMES = [
  '0000-01-01',
  '0001-01-01',
  '0099-12-31',
  '1969-12-31',
  '9999-12-31',
  '0000-01-01T00:00:00Z',
  '0000-01-01T00:00:00+14:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.999999999-14:00',
];
const NO_DATES = [
  '-0001-01-01',
  '+010000-01-01',
  '10000-01-01',
  '2026-02-29',
  '2026-02-30T10:00:00Z',
  '2026-13-01',
  '2026-01-01T24:00:00Z',
  '2026-12-31T23:59:60Z',
  '0000-00-00',
];

/** Every parameter of a query that is a day or an instant, by what it says of itself. */
const PARAMETERS = OPERATIONS.flatMap((operation) =>
  Object.entries((operation.query?.properties ?? {}) as Record<string, { format?: string; description?: string }>)
    .filter(([, { format, description = '' }]) => format === 'date-time' || /\binstant\b/.test(description))
    .map(([name]) => ({ name, id: operation.id, operation })),
);

describe.each(ENGINES)('dates on %s', (engine) => {
  let world: DemoPlace;
  let shop: RawCaller;
  let operator: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
    await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
  });
  afterAll(() => world.remove());

  const WELCOME_TRAVELERS = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';
  const ask = ({ access, path, id }: Operation, query: Record<string, string>) => {
    const named = path.replace('{id}', path.includes('suppliers') ? WELCOME_TRAVELERS : world.offer('msisdn'));
    const zone = id === 'getGlobalBalance' ? { zoneLevel: 'region' } : {};
    const asked = new URLSearchParams({ ...query, ...zone }).toString();
    return (access === 'operator' ? operator : shop).get(`${named}?${asked}`);
  };

  it('are asked of in more places than one', () => {
    const names = PARAMETERS.map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['startDate', 'endDate', 'from', 'to', 'at']));
    expect(names.length).toBeGreaterThan(15);
  });

  it.each(PARAMETERS)('beyond all years are answered or refused as $name of $id', async ({ name, operation }) => {
    // With the others at an everyday day, and at the same one.
    const others = PARAMETERS.filter(({ id }) => id === operation.id).map((other) => other.name);
    for (const date of EXTREMES) {
      for (const other of ['2026-10-01', date]) {
        const query = { ...Object.fromEntries(others.map((each) => [each, other])), [name]: date };
        const { status, body } = await ask(operation, query);
        expect([query, status]).toEqual([query, expect.toBeOneOf([200, 400])]);
        if (status === 400) expect(body).toMatchObject({ code: 28, reason: 'invalid_query_parameter' });
      }
      const { status } = await ask(operation, { [name]: date });
      expect([date, status]).toEqual([date, expect.toBeOneOf([200, 400])]);
    }
  });

  it.each(PARAMETERS)('that there are not are refused by name as $name of $id', async ({ name, operation }) => {
    for (const date of NO_DATES) {
      const others = operation.id === 'getGlobalBalance' ? { startDate: '2026-10-01', endDate: '2026-10-31' } : {};
      const { status, body } = await ask(operation, { ...others, [name]: date });
      expect([date, status, body.reason]).toEqual([date, 400, 'invalid_query_parameter']);
      expect(body.description).toContain(`invalid ${name} parameter in query`);
    }
  });

  it('that mean ever filter nothing', async () => {
    for (const ever of [
      'startDate=0001-01-01&endDate=9999-12-31',
      'startDate=0000-01-01&endDate=9999-12-31T23:59:59Z',
    ]) {
      expect((await shop.get(`/distributors/transactions?${ever}`)).body).toHaveLength(1);
      expect((await shop.get(`/distributors/transactions/count?${ever}`)).body).toEqual({ count: 1 });
      expect((await operator.get(`/admin/v1/transactions/count?${ever}`)).body).toEqual({ count: 1 });
    }
    for (const never of ['endDate=0001-01-01', 'startDate=9999-12-31']) {
      expect((await shop.get(`/distributors/transactions/count?${never}`)).body).toEqual({ count: 0 });
    }
  });

  it('of an offer come back as they were given, or are refused', async () => {
    const path = `/admin/v1/offers/${world.offer('small')}`;
    for (const given of [...EXTREMES, ...NO_DATES, '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
      const { status, body } = await operator.patch(path, { expiration_date: given });
      if (status === 200) expect(Date.parse(body.expiration_date)).toBe(Date.parse(given));
      else expect([given, status, body.reason]).toEqual([given, 400, 'invalid_body_field']);
    }
    expect((await operator.get(path)).body.expiration_date).toBe('9999-12-31T23:59:59Z');
  });
});
