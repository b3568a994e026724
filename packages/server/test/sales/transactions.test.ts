import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCatalogue } from '../../src/catalogue/catalogue.cache.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { holdUnits } from '../../src/sales/hold.store.ts';
import { resolveTransactions } from '../../src/sales/resolve.store.ts';
import { type Answer, type PathCaller, signInClient } from '../support/caller.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const LIST = '/travel-b2b/v1/distributors/transactions';
const CSV = { accept: 'text/csv' };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The rows of a CSV answer, by the names in its head. */
const rowsOf = ({ body }: Answer): Record<string, string>[] => parse(body as string, { columns: true });

/** One number, as it stands in a query string. */
const SPELLINGS = [
  '0684587002',
  '684587002',
  '+33684587002',
  '33684587002',
  '0033684587002',
  '06%2084%2058%2070%2002',
  '06+84+58+70+02',
  '%20%2B33%206%2084-58.70%2002%20',
  'tel:%2B33684587002',
  '%E2%80%AA%2B33684587002%E2%80%AC',
  '%D9%A0%D9%A6%D9%A8%D9%A4%D9%A5%D9%A8%D9%A7%D9%A0%D9%A0%D9%A2',
];

describe.each(ENGINES)('the list of transactions on %s', (engine) => {
  let world: DemoPlace;
  let shop: PathCaller;
  const ids: string[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    shop = await signInClient(server, world.demo);
    const sales: [string, object, string][] = [
      ['msisdn', { msisdn: '0684587587' }, 'anna'],
      ['msisdn', { msisdn: '0684587002' }, 'anna'],
      ['simId', { simId: '123456789' }, 'bert'],
      ['msisdn', { msisdn: '0684587009' }, 'bert'],
      ['spain', { msisdn: '612345678' }, 'anna'],
    ];
    for (const [kind, parameters, user_id] of sales) {
      const { body } = await shop.post(LIST, { offer_id: world.offer(kind), parameters, user_id });
      ids.push((body.id ?? body.transaction_id) as string);
    }
  });
  afterAll(() => world.remove());

  /** Which of the five sales a query finds, in the order of the answer; they are counted alike, and the same as CSV. */
  const found = async (query: string): Promise<number[]> => {
    const { body } = await shop.get(`${LIST}?${query}`);
    const listed = (body as { id: string }[]).map(({ id }) => id);
    expect(rowsOf(await shop.get(`${LIST}?${query}`, CSV)).map((row) => row['id'])).toEqual(listed);
    if (!/limit|offset/.test(query)) {
      expect((await shop.get(`${LIST}/count?${query}`)).body).toEqual({ count: listed.length });
    }
    return listed.map((id) => ids.indexOf(id));
  };

  it('has the newest first', async () => {
    expect(await found('')).toEqual([4, 3, 2, 1, 0]);
  });

  it('comes in pages', async () => {
    expect(await found('limit=2')).toEqual([4, 3]);
    expect(await found('limit=2&offset=3')).toEqual([1, 0]);
    expect(await found('offset=5')).toEqual([]);
  });

  it('can be filtered by status, offer, supplier, user and line', async () => {
    expect(await found('status=ok')).toEqual([4, 2, 0]);
    expect(await found('status=ko')).toEqual([1]);
    expect(await found('status=pending')).toEqual([3]);
    expect(await found('status=created')).toEqual([]);
    expect(await found(`offer=${world.offer('msisdn')}`)).toEqual([3, 1, 0]);
    expect(await found('supplier=e0c798dd-54a2-462d-8f87-79a44f7547a1')).toEqual([4]);
    expect(await found('user=bert')).toEqual([3, 2]);
    expect(await found('user=bert&status=ok')).toEqual([2]);
    expect(await found('line=%2B33684587002')).toEqual([1]);
    expect(await found('line=123456789')).toEqual([2]);
    expect(await found('line=0684587099')).toEqual([]);
    expect(await found('line=forgotten')).toEqual([]);
  });

  it.each(SPELLINGS)('finds a number by whatever spelling: %s', async (line) => {
    expect(await found(`line=${line}`)).toEqual([1]);
  });

  it.each(['1234-56789', '+123456789%20', '%5DC1123456789', 'NSCE%20123456789'])(
    'finds a serial by whatever spelling: %s',
    async (line) => {
      expect(await found(`line=${line}`)).toEqual([2]);
    },
  );

  it('can be filtered by date: a day is the whole day, an instant is that second', async () => {
    const { body } = await shop.get(`${LIST}/${ids[0]}`);
    const second = body.creation_date as string;
    const day = second.slice(0, 10);
    const dayBefore = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    expect(await found(`startDate=${dayBefore}`)).toEqual([4, 3, 2, 1, 0]);
    expect(await found(`endDate=${dayBefore}`)).toEqual([]);
    expect(await found(`startDate=${dayBefore}&endDate=${day}`)).toContain(0);
    expect(await found(`startDate=${second}`)).toContain(0);
    expect(await found(`startDate=${second}&endDate=${second}`)).toContain(0);
    expect(await found(`startDate=${second.replace('Z', '+01:00')}`)).toHaveLength(5);
    expect(await found('startDate=2099-01-01')).toEqual([]);
  });

  it('shows each transaction as it is shown alone', async () => {
    const { body } = await shop.get(LIST);
    for (const transaction of body as { id: string }[]) {
      expect((await shop.get(`${LIST}/${transaction.id}`)).body).toEqual(transaction);
    }
  });
});

const SALES = 620;

/** Many sales of an offer, settled; their ids, the newest first. */
async function sellMany(db: Db, offer_id: string): Promise<string[]> {
  const rows = await db.query<{ distributor_id: string }>('SELECT distributor_id FROM offers WHERE id = $1', [
    offer_id,
  ]);
  const distributor_id = rows[0]?.distributor_id ?? '';
  const catalogue_version = await createCatalogue(db).version();
  const orders = Array.from({ length: SALES }, (_, i) => ({
    id: newId(),
    distributor_id,
    offer_id,
    offer_version: 1,
    line: '+33684587587',
    user_id: i % 2 ? 'odd & <"é">' : 'even',
    voucher_id: null,
    idempotency: null,
    catalogue_version,
  }));
  await holdUnits(db, orders);
  const outcome = { status: 'ok', reason: null, message: null, supplier_reference: null, at: new Date() } as const;
  await resolveTransactions(
    db,
    orders.map(({ id }) => ({ distributor_id, transaction_id: id, ...outcome })),
  );
  return orders.map(({ id }) => id).toReversed();
}

describe.each(ENGINES)('a long list of transactions on %s', (engine) => {
  let world: DemoPlace;
  let shop: PathCaller;
  let all: string[];

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    all = await sellMany(db, world.offer('msisdn'));
    await db.close();
    shop = await signInClient(await world.start(), world.demo);
  });
  afterAll(() => world.remove());

  const next = ({ headers }: Answer): string | null =>
    /^<(\/[^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? null;
  /** The pages that follow each other from an address on. */
  const pagesFrom = async (path: string, between: () => Promise<unknown> = async () => {}): Promise<any[][]> => {
    const pages: any[][] = [];
    for (let at: string | null = path; at !== null; ) {
      const answer: Answer = await shop.get(at);
      expect(answer.status).toBe(200);
      pages.push(answer.body as any[]);
      at = next(answer);
      await between();
    }
    return pages;
  };
  const idsIn = (pages: { id: string }[][]): string[] => pages.flat().map(({ id }) => id);

  it('leads from page to page to its end, each transaction once, though others are made meanwhile', async () => {
    const pages = await pagesFrom(`${LIST}?limit=100`, () => {
      const parameters = { msisdn: '0684587587' };
      return shop.post(LIST, { offer_id: world.offer('msisdn'), parameters, user_id: 'late' });
    });
    expect(pages.map((page) => page.length)).toEqual([100, 100, 100, 100, 100, 100, 20]);
    expect(idsIn(pages)).toEqual(all);
    const { body: late } = await shop.get(`${LIST}?user=late`);
    expect(late).toHaveLength(7);
  });

  it('keeps the filters from page to page, on the base that was asked, and ends where a page just fits', async () => {
    const query = { user: 'odd & <"é">', status: 'ok', startDate: '2020-01-01', offset: '10', limit: '150' };
    for (const base of ['', '/travel-b2b/v1']) {
      const path = `${base}/distributors/transactions?${new URLSearchParams(query).toString()}`;
      const first = await shop.get(path);
      expect(next(first)).toMatch(new RegExp(`^${base}/distributors/transactions\\?`));
      expect(next(first)).not.toContain('offset');
      const pages = await pagesFrom(path);
      expect(pages.map((page) => page.length)).toEqual([150, 150]);
      expect(new Set(pages.flat().map(({ user_id }) => user_id))).toEqual(new Set(['odd & <"é">']));
    }
    const whole = await pagesFrom(`${LIST}?user=even&limit=310`);
    expect(whole.map((page) => page.length)).toEqual([310]);
  });

  it('has pages of 100 where no limit is given, and none beyond the last', async () => {
    const first = await shop.get(LIST);
    expect(first.body).toHaveLength(100);
    expect(next(first)).toContain(`cursor=${first.body[99].id}`);
    const end = await shop.get(`${LIST}?cursor=${all.at(-1)}`);
    expect([end.body, next(end)]).toEqual([[], null]);
    expect((await shop.get(`${LIST}?cursor=7`)).body.reason).toBe('invalid_query_parameter');
  });

  it('is whole as CSV, unless there is a limit', async () => {
    const answer = await shop.get(`${LIST}?startDate=2020-01-01`, CSV);
    expect(
      rowsOf(answer)
        .filter(({ user_id }) => user_id !== 'late')
        .map(({ id }) => id),
    ).toEqual(all);
    expect(rowsOf(await shop.get(`${LIST}?user=even&limit=3&offset=2`, CSV))).toHaveLength(3);
    expect(rowsOf(await shop.get(`${LIST}?user=even&offset=300`, CSV))).toHaveLength(10);
    expect(rowsOf(await shop.get(`${LIST}?user=even&limit=510`, CSV))).toHaveLength(310);
    expect(rowsOf(await shop.get(`${LIST}?limit=501`, CSV))).toHaveLength(501);
    expect(rowsOf(await shop.get(`${LIST}?limit=1000`, CSV))).toHaveLength(SALES + 7);
    const { body } = await shop.get(`${LIST}?cursor=${all[9]}&limit=5`, CSV);
    expect(rowsOf({ body } as Answer).map(({ id }) => id)).toEqual(all.slice(10, 15));
  });

  it('is counted', async () => {
    expect((await shop.get(`${LIST}/count`)).body).toEqual({ count: SALES + 7 });
    expect((await shop.get(`${LIST}/count?user=even`)).body).toEqual({ count: 310 });
  });
});

describe.each(ENGINES)('transactions as CSV on %s', (engine) => {
  let world: DemoPlace;
  let shop: PathCaller;
  let wire: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    shop = await signInClient(server, world.demo);
    wire = await rawSignIn(server, world.demo);
  });
  afterAll(() => world.remove());

  it('have a head even where there are none', async () => {
    const answer = await shop.get(LIST, CSV);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="transactions.csv"');
    expect(answer.body).toMatch(
      /^id,status,[a-z_,]+,user_id,msisdn,simId,reason,customer_message,distributor_fees,[a-z_,]+,margin,attempts,reversal_reason,reversal_date,late_delivery_date\r\n$/,
    );
  });

  it('say what JSON says, and nothing that a spreadsheet takes for a formula', async () => {
    const users = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '"a", b', "l'été; 100 %", ' =1', '1=1', '日本'];
    await shop.patch(`/distributors/offers/${world.offer('msisdn')}`, { name: '=HYPERLINK("http://x","y")' });
    for (const user_id of users) {
      await shop.post(LIST, {
        offer_id: world.offer('msisdn'),
        parameters: { msisdn: '0684587587' },
        user_id,
        voucher_id: `${user_id} V`,
      });
    }
    await shop.post(LIST, { offer_id: world.offer('simId'), parameters: { simId: '123456789' } });
    await shop.post(LIST, { offer_id: world.offer('msisdn'), parameters: { msisdn: '0684587002' } });

    const answer = await shop.get(LIST, { ...CSV, 'accept-language': 'fr' });
    const { body: json } = await shop.get(LIST, { 'accept-language': 'fr' });
    const lines = (answer.body as string).split('\r\n');
    expect(lines).toHaveLength(users.length + 4);
    expect(lines.filter((line) => line.includes('\n'))).toEqual([]);

    const safe = (text = ''): string => (/^[=+\-@＝]/.test(text) ? `'${text}` : text);
    const expected = (json as Record<string, any>[]).map(({ parameters, reason, ...transaction }) => ({
      ...Object.fromEntries(Object.entries(transaction).map(([name, value]) => [name, String(value)])),
      offer_name: safe(transaction['offer_name']),
      user_id: safe(transaction['user_id']),
      voucher_id: safe(transaction['voucher_id']),
      msisdn: parameters.msisdn ?? '',
      simId: parameters.simId ?? '',
      reason: reason ?? '',
      // Of one supplier alone there is but one.
      attempts: '',
      reversal_reason: '',
      reversal_date: '',
      late_delivery_date: '',
    }));
    expect(rowsOf(answer)).toEqual(expected);
    expect(expected.map(({ msisdn }) => msisdn)).toContain('+33684587587');
    expect(expected[0]?.reason).toBe('line_barred');
  });

  it.each([
    ['text/csv', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/json;q=0.5, text/csv', 'text/csv'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv;q=0, */*', 'application/json'],
  ])('are answered to "%s": %s', async (accept, type) => {
    const { status, headers } = await wire.get(LIST, { accept });
    expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
  });

  it('are the only thing that there is as CSV, and refusals are JSON', async () => {
    for (const path of [`${LIST}/count`, '/distributors/offers', '/v1/settings']) {
      expect((await shop.get(path, CSV)).body).toMatchObject({
        code: 62,
        description: 'only application/json is answered',
      });
    }
    const { status, body } = await shop.get(`${LIST}?limit=0`, CSV);
    expect([status, body.reason]).toEqual([400, 'invalid_query_parameter']);
    expect((await wire.get(LIST, { accept: 'text/html' })).body.description).toBe(
      `only application/json, text/csv, or ${XLSX} is answered`,
    );
  });
});

describe.each(ENGINES)('offers and suppliers on %s', (engine) => {
  let world: DemoPlace;
  let shop: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    shop = await signInClient(await world.start(), world.demo);
  });
  afterAll(() => world.remove());

  it('show what may be sold, at which price, and how many units are left', async () => {
    const { body } = await shop.get('/travel-b2b/v1/distributors/offers');
    expect((body as { id: string }[]).map(({ id }) => id)).toEqual(world.demo.offers.map(({ id }) => id));
    const [offer] = body;
    expect(offer).toMatchObject({
      id: world.offer('msisdn'),
      name: 'Mobile France 10 EUR',
      bucket: 1_000_000,
      resell_value: 7.92,
      distributor_fees: 0,
      distributor_fees_type: 'value',
      product: {
        type: 'topup',
        supplier_id: '7413e966-c97c-11ed-b80c-fa163e78aa28',
        coverage_zone: [{ iso_code: 'FR', name: 'France', phone_prefix: 33, flag: '🇫🇷' }],
        reference_currency: 'EUR',
        bonus_value: 10,
      },
    });
    expect(offer.last_bucket_update).toBe(offer.bucket_update_date);
    expect(offer.distribution_fees).toBe(offer.distributor_fees);
    expect((await shop.get(`/distributors/offers/${offer.id}`)).body).toEqual(offer);
    expect((await shop.get('/distributors/offers?limit=1&offset=1')).body).toHaveLength(1);
  });

  it('name the suppliers, and which of them has no connector', async () => {
    const { body } = await shop.get('/distributors/suppliers');
    expect(body).toEqual([
      expect.objectContaining({ name: 'Orange France', status: 'approved', connector_status: 'up' }),
      expect.objectContaining({ name: 'Orange Spain', connector_status: 'up' }),
      expect.objectContaining({ name: 'Orange Travel B2B', connector_status: 'none' }),
      expect.objectContaining({ name: 'Welcome Travelers', connector_status: 'up' }),
    ]);
  });
});
