import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import {
  type Answer,
  callerWith,
  distributorClient,
  PATIENT,
  type PathCaller,
  signInClient,
} from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, ENGINES, type Place, type RunningServer } from '../support/server.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const NOBODY = '01890000-0000-7000-8000-000000000000';
const NOTHING = { created: 0, changed: 0, unchanged: 0 };

describe.each(ENGINES)('an import on %s', (engine) => {
  let place: Place;
  let server: RunningServer;
  let operator: PathCaller;
  let wire: RawCaller;
  let shop: Shop;

  beforeAll(async () => {
    place = await createEmptyPlace(engine);
    server = await place.start();
    operator = callerWith(server, ADMIN_TOKEN);
    wire = rawCallerWith(server, ADMIN_TOKEN);
    shop = await setUpShop(operator, 'Airport shop', 0);
  });
  afterAll(() => place.remove());

  const send = (kind: string, file: string | Uint8Array<ArrayBuffer>, query = ''): Promise<Answer> =>
    typeof file === 'string'
      ? operator.post(`/admin/v1/imports/${kind}${query}`, file)
      : wire.upload(`/admin/v1/imports/${kind}${query}`, file, 'text/csv');
  /** Announces a file of this size; the status with which it is refused before it is sent. */
  const announce = async (bytes: number): Promise<number | undefined> => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'text/csv', 'content-length': bytes };
    const upload = request(`${server.baseUrl}/admin/v1/imports/grants`, { method: 'POST', headers });
    upload.flushHeaders();
    const [answer] = (await once(upload, 'response')) as [IncomingMessage];
    upload.on('error', () => {}).destroy();
    return answer.statusCode;
  };
  const get = async (path: string): Promise<any> => (await operator.get(`/admin/v1${path}`)).body;
  const rowsOf = (...lines: unknown[][]): string => lines.map((cells) => cells.join(',')).join('\n');

  const PRODUCTS =
    'id,supplier_id,name,type,transaction_type,line_kind,currency,bonus_value,tags,coverage_zone,metadata';
  const product = (id: string, change: Partial<Record<string, string>> = {}): string => {
    const cells: Record<string, string> = {
      id,
      supplier_id: shop.supplier_id,
      name: '"Mobile, France"',
      type: 'topup',
      transaction_type: 'airtime topup',
      line_kind: 'msisdn',
      currency: 'EUR',
      bonus_value: '10.50',
      tags: 'new | summer',
      coverage_zone: 'FR|ES',
      metadata: '"{""validity_duration"": 30}"',
      ...change,
    };
    return PRODUCTS.split(',')
      .map((column) => cells[column])
      .join(',');
  };
  const products = (...rows: string[]): string => [PRODUCTS, ...rows, ''].join('\n');
  const OFFERS = ['id', 'distributor_id', 'product_id', 'name', 'resell_value', 'expiration_date'];
  const offer = (id: string, price: unknown, name = 'Ten'): unknown[] => [
    id,
    shop.distributor_id,
    shop.product_id,
    name,
    price,
    '',
  ];
  const GRANTS = ['offer_id', 'units', 'reference', 'justification'];

  it('tried first says what it would do, and does nothing', async () => {
    const id = newId();
    const file = products(product(id), product(newId()));
    const before = await get('/audit');
    const { status, body } = await send('products', file, '?dry_run=true');
    expect([status, body]).toEqual([
      200,
      { dry_run: true, encoding: 'utf-8', rows: 2, created: 2, changed: 0, unchanged: 0, errors: [] },
    ]);
    expect((await operator.get(`/admin/v1/products/${id}`)).status).toBe(404);
    expect(await get('/audit')).toEqual(before);
  });

  it('adds products, each as a single request would', async () => {
    const id = newId();
    const { body } = await send('products', products(product(id), product('', { name: 'Other' })));
    expect(body).toEqual({
      dry_run: false,
      encoding: 'utf-8',
      rows: 2,
      created: 2,
      changed: 0,
      unchanged: 0,
      errors: [],
    });
    const { creation_date: _, ...added } = await get(`/products/${id}`);
    expect(added).toEqual({
      id,
      supplier_id: shop.supplier_id,
      name: 'Mobile, France',
      type: 'topup',
      transaction_type: 'airtime topup',
      line_kind: 'msisdn',
      status: 'available',
      coverage_zone: ['FR', 'ES'],
      tags: ['new', 'summer'],
      currency: 'EUR',
      bonus_value: 10.5,
      settings: {},
      metadata: { validity_duration: 30 },
    });
  });

  it('again changes nothing; with another name it changes that, and both are in the audit trail', async () => {
    const [one, two] = [newId(), newId()] as [string, string];
    await send('products', products(product(one), product(two)));
    const again = await send('products', products(product(one), product(two)));
    expect(again.body).toMatchObject({ created: 0, changed: 0, unchanged: 2 });

    const file = products(product(one), product(two, { name: 'Renamed', tags: '', metadata: '' }));
    expect((await send('products', file, '?dry_run=true')).body).toMatchObject({ changed: 1, unchanged: 1 });
    expect((await send('products', file)).body).toMatchObject({ created: 0, changed: 1, unchanged: 1 });
    // An empty cell leaves what was there.
    expect(await get(`/products/${two}`)).toMatchObject({ name: 'Renamed', tags: ['new', 'summer'] });
    const trail = await get(`/audit?subject=${two}`);
    expect(trail).toMatchObject([
      { action: 'product.changed', details: { before: { name: 'Mobile, France' }, after: { name: 'Renamed' } } },
      { action: 'product.created', details: { after: { name: 'Mobile, France', bonus_value: 10.5 } } },
    ]);
    expect(await get(`/audit?subject=${one}`)).toHaveLength(1);
  });

  it('adds offers with empty stock, and gives one a new price as a new version', async () => {
    const [one, two] = [newId(), newId()] as [string, string];
    const first = await send('offers', rowsOf(OFFERS, offer(one, 7.92), offer(two, '8')));
    expect(first.body).toMatchObject({ created: 2, errors: [] });
    const second = await send('offers', rowsOf(OFFERS, offer(one, 7.92), offer(two, 8.5)));
    expect(second.body).toMatchObject({ created: 0, changed: 1, unchanged: 1, errors: [] });
    expect(await get(`/offers/${one}`)).toMatchObject({ version: 1, resell_value: 7.92, bucket: { granted: 0 } });
    expect(await get(`/offers/${two}`)).toMatchObject({ version: 2, resell_value: 8.5 });
    expect((await get(`/audit?subject=${two}`)).map(({ action }: any) => action)).toEqual([
      'offer.changed',
      'offer.created',
    ]);
  });

  it('books grants, each once for its reference, and what is granted can be sold', async () => {
    const id = newId();
    await send('offers', rowsOf(OFFERS, offer(id, 5)));
    const file = rowsOf(
      GRANTS,
      [id, 20, 'PO-1', 'Order'],
      [id, 5, 'PO-2', '"More, please"'],
      [shop.offer_id, 1, 'PO-1', 'x'],
    );
    expect((await send('grants', file, '?dry_run=true')).body).toMatchObject({ created: 3, errors: [] });
    expect((await get(`/offers/${id}`)).bucket.granted).toBe(0);
    expect((await send('grants', file)).body).toMatchObject({ created: 3, unchanged: 0, errors: [] });
    expect((await send('grants', file)).body).toMatchObject({ created: 0, unchanged: 3, errors: [] });
    expect((await get(`/offers/${id}`)).bucket).toEqual({ granted: 25, available: 25, held: 0, sold: 0 });
    expect(await get(`/offers/${id}/movements`)).toMatchObject([
      { seq: 2, units: 5, reference: 'PO-2', justification: 'More, please' },
      { seq: 1, units: 20, reference: 'PO-1', justification: 'Order' },
    ]);
    expect(await get(`/audit?subject=${id}&action=stock.granted`)).toMatchObject([
      { details: { units: 5, before: { granted: 20 }, after: { granted: 25 } } },
      { details: { units: 20, before: { granted: 0 }, after: { granted: 20 } } },
    ]);
    const till = await signInClient(server, shop.client);
    expect((await till.sell(id, { msisdn: '0684587587' })).status).toBe(201);
  });

  it('with one wrong row does nothing at all, and tells everything that is wrong', async () => {
    const good = newId();
    const before = await get('/audit');
    const { status, body } = await send(
      'products',
      products(
        product(good),
        product('seven', { type: 'voucher', bonus_value: '1,500', metadata: '{' }).replace('1,500', '"1,500"'),
        product(newId(), { supplier_id: NOBODY, line_kind: '', currency: 'XQQ' }),
        product(shop.product_id, { supplier_id: shop.supplier_id, currency: 'USD', bonus_value: '11' }),
        product(good),
        `${product(newId())},more`,
        product(newId(), { name: '', bonus_value: '0.001' }),
      ),
    );
    expect(status).toBe(200);
    const { errors, ...report } = body;
    expect(report).toEqual({ dry_run: false, encoding: 'utf-8', rows: 7, ...NOTHING });
    expect(errors.map(({ line, column }: any) => `${line} ${column}`)).toEqual([
      '3 id',
      '3 type',
      '3 bonus_value',
      '3 metadata',
      '4 supplier_id',
      '4 line_kind',
      '4 currency',
      '5 currency',
      '5 bonus_value',
      '6 id',
      '7 ',
      '8 name',
    ]);
    expect(errors[1].message).toBe('one of topup, eSim, simCard is needed');
    expect(errors[4].message).toBe('there is no such supplier');
    expect(errors[9].message).toBe('the same as in line 2');
    expect((await operator.get(`/admin/v1/products/${good}`)).status).toBe(404);
    expect(await get('/audit')).toEqual(before);
  });

  it('of offers tells what is wrong with them', async () => {
    const known = newId();
    await send('offers', rowsOf(OFFERS, offer(known, 1)));
    const wrong = [
      [newId(), NOBODY, NOBODY, 'Ten', 1, ''],
      offer(newId(), 7.921),
      [known, shop.distributor_id, shop.product_id, 'Ten', -1, ''],
      [newId(), shop.distributor_id, shop.product_id, 'Ten', '1e3', '2016-12-31T23:59:60Z'],
    ];
    const { body } = await send('offers', rowsOf(OFFERS, ...wrong));
    expect(body.errors.map(({ line, column }: any) => `${line} ${column}`)).toEqual([
      '2 distributor_id',
      '2 product_id',
      '3 resell_value',
      '4 resell_value',
      '5 resell_value',
    ]);
  });

  it('of grants tells what is wrong with them, and books none', async () => {
    const id = newId();
    await send('offers', rowsOf(OFFERS, offer(id, 1)));
    await send('grants', rowsOf(GRANTS, [id, 5, 'A', 'x']));
    const { body } = await send(
      'grants',
      rowsOf(
        GRANTS,
        [id, 7, 'B', 'right'],
        [id, 6, 'A', 'other units'],
        [NOBODY, 1, 'C', 'no offer'],
        [id, 0, 'D', 'nothing'],
        [id, 999_999_999_999, 'E', 'too many'],
        [id, 7, 'B', 'twice'],
      ),
    );
    expect(body).toMatchObject({ rows: 6, ...NOTHING });
    expect(body.errors.map(({ line, column }: any) => `${line} ${column}`)).toEqual([
      '3 reference',
      '4 offer_id',
      '5 units',
      '6 units',
      '7 reference',
    ]);
    expect((await get(`/offers/${id}`)).bucket.granted).toBe(5);
  });

  it('reads what spreadsheets write: byte order mark, CRLF, quotes, empty lines, other order of columns', async () => {
    const [one, two] = [newId(), newId()] as [string, string];
    const file = [
      '\ufeffresell_value,name,"id",product_id,distributor_id',
      `5,"Ten ""big"" ones, été",${one.toUpperCase()},${shop.product_id},${shop.distributor_id}`,
      '',
      `" 6 " , Ten ,${two},${shop.product_id.toUpperCase()},${shop.distributor_id}`,
    ].join('\r\n');
    expect((await send('offers', file)).body).toMatchObject({ created: 2, errors: [] });
    expect(await get(`/offers/${one}`)).toMatchObject({ name: 'Ten "big" ones, été', resell_value: 5 });
    expect(await get(`/offers/${two}`)).toMatchObject({ name: 'Ten', resell_value: 6 });
  });

  it.each<[string, string, string | Uint8Array<ArrayBuffer>, RegExp]>([
    ['nothing', 'products', '', /the file is empty/],
    ['nothing but a byte order mark', 'products', '\ufeff', /the file is empty/],
    ['a column missing', 'grants', 'offer_id,units,reference\n', /column justification is missing/],
    ['a column that there is not', 'grants', 'offer_id,units,reference,justification,price\n', /no column "price"/],
    ['a column twice', 'grants', 'offer_id,units,units,reference,justification\n', /column units is there twice/],
    ['a quote that never ends', 'grants', 'offer_id,units,reference,justification\n"a,1,b,c\n', /line 2/],
    ['a quote in the wrong place', 'grants', 'offer_id,units,reference,justification\n"a"b,1,b,c\n', /line 2/],
    ['the encoding of the Macintosh', 'offers', Buffer.from('id,name\n7,caf\x8e\n', 'latin1'), /“CSV UTF-8”/],
    ['a program', 'products', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /neither text nor an Excel workbook/],
    ['a workbook of before 2007', 'offers', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xls\), or one with a password/],
    [
      'a broken workbook',
      'offers',
      Buffer.from('PK\x03\x04', 'latin1'),
      /no Excel workbook \(\.xlsx\), or a broken one/,
    ],
    ['too many rows', 'grants', `offer_id,units,reference,justification\n${'a,1,b,c\n'.repeat(50_000)}`, /10000 rows/],
  ])('of a file with %s is refused as a whole', async (_, kind, file, detail) => {
    const { status, body } = await send(kind, file);
    expect([status, body.reason, body.code]).toEqual([400, 'invalid_csv', 22]);
    expect(body.description).toMatch(detail);
  });

  it('tells the line on which a row begins, also after one of several lines', async () => {
    const file = rowsOf(
      GRANTS,
      [NOBODY, 1, 'A', '"two\nlines"'],
      [NOBODY, 1, 'B', '"two\nmore"'],
      [NOBODY, 1, 'C', 'x'],
    );
    const { body } = await send('grants', file);
    expect(body.errors.map(({ line }: any) => line)).toEqual([2, 4, 6]);
  });

  it('takes CSV up to 5 MB, and nothing else; no other route takes CSV', async () => {
    const row = `${newId()},1,b,${'c'.repeat(990)}\n`;
    const file = `offer_id,units,reference,justification\n${row.repeat(5_000)}`;
    expect(file.length).toBeGreaterThan(5_000_000);
    expect((await send('grants', file)).body.rows).toBe(5_000);
    expect(await announce(5 * 1024 * 1024 + 1)).toBe(413);

    const json = await wire.post('/admin/v1/imports/grants', { a: 1 });
    expect([json.status, json.body.reason]).toEqual([415, 'unsupported_media_type']);
    const csv = await wire.upload('/admin/v1/distributors', 'name\nx\n', 'text/csv');
    expect([csv.status, csv.body.reason]).toEqual([415, 'unsupported_media_type']);
    expect((await send('people', 'name\n')).body.reason).toBe('invalid_url_parameter');
    expect((await send('grants', 'x', '?dry_run=maybe')).body.reason).toBe('invalid_query_parameter');
    const till = await signInClient(server, shop.client);
    const stranger = await till.post('/admin/v1/imports/grants', 'x');
    expect([stranger.status, stranger.body.reason]).toEqual([401, 'invalid_credentials']);
  });

  it('that keeps metadata no database could is refused, cell by cell', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const { status, body } = await send(
      'products',
      products(
        product(newId(), { metadata: '"{""a"":""\\u0000""}"' }),
        product(newId(), { metadata: '"{""a"":""\\ud800""}"' }),
        product(newId(), { metadata: `"{""a"":${deep}}"` }),
        product(newId(), { metadata: '"[1]"' }),
      ),
    );
    expect(status).toBe(200);
    expect(body.errors.map(({ line, column }: any) => `${line} ${column}`)).toEqual([
      '2 metadata',
      '3 metadata',
      '4 metadata',
      '5 metadata',
    ]);
  });

  it('sent three times at once is done once', async () => {
    const ids = Array.from({ length: 200 }, () => newId());
    const offers = rowsOf(OFFERS, ...ids.map((id) => offer(id, 3)));
    const added = await Promise.all([1, 2, 3].map(() => send('offers', offers)));
    expect(added.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(added.map(({ body }) => body.created as number).toSorted((a, b) => a - b)).toEqual([0, 0, 200]);

    const grants = rowsOf(GRANTS, ...ids.toReversed().map((id) => [id, 3, 'A', 'x']));
    const booked = await Promise.all([1, 2, 3].map(() => send('grants', grants)));
    expect(booked.map(({ body }) => body.created as number).toSorted((a, b) => a - b)).toEqual([0, 0, 200]);
  });

  it('of 10,000 grants is booked while sales go on, and the ledger adds up, link by link', async () => {
    // The import has the buckets until it is booked: on a busy machine a sale is told to come again, as its client does.
    const till = distributorClient(server, shop.client, PATIENT);
    const ids = Array.from({ length: 10 }, () => newId());
    await send('offers', rowsOf(OFFERS, ...ids.map((id) => offer(id, 3))));
    await send('grants', rowsOf(GRANTS, ...ids.map((id) => [id, 100, 'first', 'x'])));
    const rows = Array.from({ length: 10_000 }, (_, i) => [ids[i % 10], 2, `PO-${i}`, 'Order']);
    const importing = send('grants', rowsOf(GRANTS, ...rows));
    const parameters = { msisdn: '0684587587' };
    const sales = ids.flatMap((id) =>
      Array.from({ length: 10 }, () => till.topups.create({ offer_id: id, parameters })),
    );
    expect((await Promise.all(sales)).filter(({ status }) => status !== 'ok')).toEqual([]);
    expect((await importing).body).toMatchObject({ rows: 10_000, created: 10_000, errors: [] });

    await server.stop();
    const db = await place.openDb();
    for (const id of ids) {
      expect(await proveLedger(db, id)).toMatchObject({ granted: 2_100, held: 0, sold: 10 });
      await proveChain(db, id);
    }
    await db.close();
    server = await place.start();
    operator = callerWith(server, ADMIN_TOKEN);
  });
});

/** Follows the hashes of a bucket's movements: those of one statement hang on the same link. */
async function proveChain(db: Db, offerId: string): Promise<void> {
  const sha256 = (...parts: Uint8Array[]): Buffer =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  const [bucket] = await db.query<{ head: Uint8Array; start: Uint8Array }>(
    'SELECT head, sha256(uuid_send(distributor_id) || uuid_send(offer_id)) AS start FROM buckets WHERE offer_id = $1',
    [offerId],
  );
  const movements = await db.query<{ seq: number; link: number; hash: Uint8Array }>(
    'SELECT seq, link, hash FROM movements WHERE offer_id = $1 ORDER BY seq',
    [offerId],
  );
  let head: Buffer = Buffer.from(bucket?.start ?? '');
  const links = [...new Set(movements.map(({ link }) => link))];
  for (const link of links) {
    const hung = movements.filter((movement) => movement.link === link);
    expect(hung[0]?.seq).toBe(link + 1);
    const [wrong] = await db.query<{ count: number }>(
      `SELECT count(*) AS count FROM movements WHERE offer_id = $1 AND link = $2
         AND hash <> movement_hash($3::bytea, seq, kind, units, transaction_id, at, reference, justification)`,
      [offerId, link, head],
    );
    expect(wrong?.count).toBe(0);
    head = sha256(head, ...hung.map(({ hash }) => hash));
  }
  expect(head.equals(Buffer.from(bucket?.head ?? ''))).toBe(true);
}
