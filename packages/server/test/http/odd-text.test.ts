import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { signingKeyOf } from '../support/signing-key.ts';

const FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';
const ORDERS = '/distributors/transactions';
const LAST_CODE_POINT = 0x10_ff_ff;
const CHUNK = 16_384;

/** Of each kind that text is known to be mangled by: controls, blanks, marks, directions, halves, what is no character. */
const ODD = [
  ...'\0\u0001\t\n\u000b\r\u001f\u007f\u0080\u0085\u009f \u00a0\u00ad\u0300\u034f\u061c\u115f\u1680\u180e\u2003',
  ...'\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u3000\ue000\ufdd0\ufe0f\ufeff\ufff9\ufffd\ufffe\uffff',
  ...'\ud83d\ude00 \u{1fffe} \u{e0001} \u{f0000} \u{10ffff}'.split(' '),
  '\ud800',
  '\udfff',
  '\udc00\ud800',
  'e\u0301',
  '\u00e9',
  '\ufeff\ufeff',
  "'",
  '\\u0041',
  '%00',
];
const named = (text: string): string => JSON.stringify(text).replaceAll(/[^\x21-\x7e]/g, escaped);
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const placed = (odd: string): string[] => [`${odd}ab`, `a${odd}b`, `ab${odd}`];
const isRefused = ({ status, body }: Answer): boolean =>
  status === 400 && /^invalid_(body|body_field|json)$/.test(body.reason);

describe.each(ENGINES)('odd text on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let operator: RawCaller;
  let callbackSecret: string;
  let offer: string;

  const begin = async (): Promise<void> => {
    server = await world.start({ SEALING_KEY });
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    offer = world.offer('small');
    await (await world.start({ SEALING_KEY })).stop();
    const db = await world.openDb();
    callbackSecret = `simulator ${(await signingKeyOf(db)).secret}`;
    await db.close();
    await begin();
    const enough = { units: 1_000, reference: 'Enough', justification: 'For all tests' };
    await operator.post(`/admin/v1/offers/${offer}/grants`, enough);
  });
  afterAll(() => world?.remove());

  const got = async (caller: RawCaller, path: string): Promise<any> => {
    const { status, body } = await caller.get(path);
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const movements = async (): Promise<any[]> => {
    const all: any[] = [];
    for (;;) {
      const page = await got(operator, `/admin/v1/offers/${offer}/movements?limit=1000&offset=${all.length}`);
      all.push(...page);
      if (page.length < 1_000) return all;
    }
  };
  const verified = async (): Promise<boolean> =>
    (await got(operator, `/admin/v1/ledger/verification?offer=${offer}`)).verified;

  it('of every code point comes back as it went in, and is hashed and compared as what it is', async () => {
    await server.stop();
    const db = await world.openDb();
    for (let first = 1; first <= LAST_CODE_POINT; first += CHUNK) {
      const length = Math.min(CHUNK, LAST_CODE_POINT + 1 - first);
      const codes = Array.from({ length }, (_, i) => first + i).filter((code) => code < 0xd8_00 || code > 0xdf_ff);
      // As the first one, and among others.
      const text = String.fromCodePoint(...codes);
      const sha256 = createHash('sha256').update(text).digest('hex');
      const [row] = await db.query(
        `SELECT $1::text = $1 AND $1 = one.text AS same, encode(sha256(textsend($1)), 'hex') AS sha256, one.text,
                $3::text[] AS list, $2::jsonb -> 0 ->> 'text' AS of_jsonb
         FROM json_to_recordset($2::json) AS one(text text)`,
        [text, JSON.stringify([{ text }]), [text]],
      );
      expect(row).toEqual({ same: true, sha256, text, list: [text], of_jsonb: text });
    }
    await db.close();
    await begin();
  });

  it.each(ODD.map((odd) => [named(odd), odd]))(
    'in a grant or a correction comes back, or is refused: %s',
    async (_, odd) => {
      const run = randomUUID();
      const texts = placed(odd);
      const grants = [
        ...texts.map((text) => ({ units: 1, reference: `${text}${run}`, justification: 'Plain' })),
        ...texts.map((text) => ({ units: 1, reference: `${run}${text}`, justification: 'Plain' })),
        ...texts.map((justification) => ({ units: 1, reference: randomUUID(), justification })),
      ];
      const correction = { units: 1, reference: `a${odd}b${randomUUID()}`, justification: `${odd}ab` };
      const asked = [...grants.map((grant) => ['grants', grant] as const), ['adjustments', correction] as const];
      for (const [kind, booking] of asked) {
        const path = `/admin/v1/offers/${offer}/${kind}`;
        const before = await shop.stock(offer);
        const first = await operator.post(path, booking);
        const again = await operator.post(path, booking);
        if (isRefused(first)) {
          expect([again.status, await shop.stock(offer)]).toEqual([400, before]);
          continue;
        }
        expect([first.status, again.status]).toEqual([201, 200]);
        expect([first.body, again.body]).toMatchObject([booking, booking]);
        expect(await shop.stock(offer)).toBe(before + 1);
        const listed = (await movements()).filter(({ reference }) => reference === booking.reference);
        expect(listed).toMatchObject([booking]);
      }
      expect(await verified()).toBe(true);
    },
  );

  it.each(ODD.map((odd) => [named(odd), odd]))('in an order comes back, or is refused: %s', async (_, odd) => {
    for (const text of placed(odd)) {
      const before = await shop.stock(offer);
      const user_id = `${text}${randomUUID()}`;
      const order = { offer_id: offer, parameters: { msisdn: '0684587587' }, user_id, voucher_id: text };
      const key = { 'idempotency-key': randomUUID() };
      const first = await shop.post(ORDERS, order, key);
      const again = await shop.post(ORDERS, order, key);
      if (isRefused(first)) {
        expect([again.status, await shop.stock(offer)]).toEqual([400, before]);
        continue;
      }
      expect([first.status, first.body.user_id, first.body.voucher_id]).toEqual([201, user_id, text]);
      expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([first.body, 'true']);
      expect(await got(shop, `${ORDERS}/${first.body.id}`)).toMatchObject({ user_id, voucher_id: text });
      const found = await got(shop, `${ORDERS}?user=${encodeURIComponent(user_id)}`);
      expect(found.map(({ id }: { id: string }) => id)).toEqual([first.body.id]);
      const other = await shop.post(ORDERS, { ...order, voucher_id: 'ab' }, key);
      expect([other.status, other.body.reason]).toEqual([422, 'idempotency_conflict']);
    }
  });

  it.each(ODD.map((odd) => [named(odd), odd]))('in names and words comes back, or is refused: %s', async (_, odd) => {
    const own = `/distributors/offers/${world.offer('msisdn')}`;
    const told = '/v1/customer-messages/ok/fr';
    const text = `a${odd}b`;
    const renamed = await shop.patch(own, { name: text });
    if (!isRefused(renamed)) expect([renamed.body.name, (await got(shop, own)).name]).toEqual([text, text]);
    for (const metadata of [text, { [text]: [text] }]) {
      const kept = await shop.patch(own, { metadata });
      if (!isRefused(kept)) expect((await got(shop, own)).metadata).toEqual(metadata);
    }
    const words = await shop.put(told, { text });
    if (isRefused(words)) return;
    const messages = await got(shop, '/v1/customer-messages?language=fr');
    expect(messages.find(({ outcome }: { outcome: string }) => outcome === 'ok')).toMatchObject({ text });
  });

  it.each(ODD.map((odd) => [named(odd), odd]))('from a supplier never keeps an outcome out: %s', async (_, odd) => {
    // One that is answered in between: else the supplier is taken for down.
    expect((await shop.sell(offer, { msisdn: '0684587587' })).status).toBe(201);
    const { body: sale } = await shop.sell(offer, { msisdn: '0684587009' });
    expect(sale.status).toBe('pending');
    const outcome = { outcome: 'ok', supplier_reference: `a${odd}b` };
    const news = JSON.stringify({ reference: sale.id, outcome });
    const signature = createHmac('sha256', callbackSecret).update(news).digest('hex');
    const url = `/suppliers/${FRANCE}/callbacks`;
    const taken = await rawCallerWith(server, 'x').post(url, news, { 'x-simulator-signature': signature });
    expect(taken.status).toBe(200);
    expect((await got(shop, `${ORDERS}/${sale.id}`)).status).toBe('ok');
  });

  const BLANKS = [' ', '\t', '\u00a0', '\u3000', '\u2028', '\ufeff', '\r\n'];
  it.each(BLANKS.map((blank) => [named(blank), blank]))(
    'around a reference makes no other of it, by API or CSV: %s',
    async (_, blank) => {
      const reference = `PO ${randomUUID()}`;
      const before = await shop.stock(offer);
      const sheet = (name: string) =>
        operator.upload(
          '/admin/v1/imports/grants',
          `offer_id,units,reference,justification\n${offer},1,"${name}",Why\n`,
          'text/csv',
        );
      for (const name of [blank + reference, reference + blank]) {
        const { status, body } = await operator.post(`/admin/v1/offers/${offer}/grants`, {
          units: 1,
          reference: name,
          justification: 'Why',
        });
        expect([status, body.reason, body.description]).toEqual([
          400,
          'invalid_body_field',
          expect.stringContaining('reference'),
        ]);
      }
      for (const name of [reference, blank + reference, reference + blank]) {
        expect((await sheet(name)).body).toMatchObject({ errors: [] });
      }
      const again = { units: 1, reference, justification: 'Why' };
      expect((await operator.post(`/admin/v1/offers/${offer}/grants`, again)).status).toBe(200);
      expect(await shop.stock(offer)).toBe(before + 1);
    },
  );

  it('has left a ledger that adds up', async () => {
    expect(await verified()).toBe(true);
    await server.stop();
    const db = await world.openDb();
    expect(await proveLedger(db, offer)).toMatchObject({ pending: 0, held: 0 });
    await db.close();
  });
});
