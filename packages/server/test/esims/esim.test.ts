import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { decryptActivationCode } from '@opentopup/client/esim';
import { allOf } from '@opentopup/client/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Connector, Outcome } from '../../src/connectors/connector.ts';
import type { EsimProfile } from '../../src/connectors/esim-profile.ts';
import { createConnectors } from '../../src/connectors/registry.ts';
import { profileOf } from '../../src/connectors/simulator/profile.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { keepProfile } from '../../src/esims/profiles.ts';
import { createTopup } from '../../src/sales/create-topup.ts';
import { leaseOpenCases } from '../../src/sales/reconcile/reconcile.store.ts';
import { reconcileTopup } from '../../src/sales/reconcile/reconcile-topup.ts';
import { resolveTopup } from '../../src/sales/resolve-topup.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import type { TransactionKey } from '../../src/values/transaction-key.ts';
import { type Answer, callerWith, distributorClient, type PathCaller, signInClient } from '../support/caller.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { makePair } from '../support/rsa.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const KEYS = '/distributors/keys';
const SALES = '/distributors/transactions';
const CASES = '/v1/identifications';
const DAY_MS = 86_400_000;
const LPA = /^LPA:1\$smdp\.example\$[A-Z0-9-]+$/;
const KEY = Buffer.from(SEALING_KEY, 'base64url');

const first = makePair();
const second = makePair(3072);
const ofSandbox = makePair();

/** A profile that no simulator makes. */
const KEPT: EsimProfile = {
  activation_code: 'LPA:1$smdp.kept$KEPT-BEFORE-THE-CRASH',
  smdp_url: 'smdp.kept',
  matching_id: 'KEPT-BEFORE-THE-CRASH',
  prefix: '33',
  msisdn: '+33700000000',
  iccid: '8991101200003204514',
  nsce: '1200003204514',
  imsi: '208010000000001',
  pin_code: 'pin-kept-before-the-crash',
  puk: 'puk-kept-before-the-crash',
};

describe.each(ENGINES)('an eSIM on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let other: PathCaller;
  let operator: PathCaller;
  let sandbox: PathCaller;
  let offerId: string;
  /** What everybody who should not must not find anywhere. */
  const secrets: string[] = [];
  let log = '';

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    server = await world.start({ SEALING_KEY, LOG_LEVEL: 'debug', ...env });
  };
  const stop = async (): Promise<void> => {
    expect(await server.stop()).toBe(0);
    log += server.output();
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    offerId = world.offer('esim');
    await start();
    shop = await signInClient(server, world.demo);
    other = await signInClient(server, world.demo.other);
    sandbox = await signInClient(server, world.demo.sandbox);
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world.remove());

  const setKey = (publicPem: string, by = shop, path = KEYS): Promise<Answer> =>
    by.post(path, { key_type: 'rsa256', public_key_value: publicPem });
  const buy = (headers: Record<string, string> = {}, more: object = {}): Promise<Answer> =>
    shop.post(SALES, { offer_id: offerId, ...more }, headers);
  /** The parameters of a sold eSIM, with its activation code read. */
  const opened = (body: Answer['body'], pair = first): Record<string, string> => {
    const { activation_code, ...rest } = body.parameters;
    const read = { ...rest, activation_code: pair.decrypt(activation_code as string) };
    secrets.push(read.activation_code, rest.matching_id as string, rest.puk as string);
    return read;
  };

  describe('and the key of its distributor', () => {
    it('is not sold before there is one, and nothing is held', async () => {
      const [answer, key] = [await buy(), await shop.get(KEYS)];
      expect([answer.status, answer.body.code, answer.body.reason]).toEqual([400, 0, 'missing_key']);
      expect([key.status, key.body.code, key.body.reason]).toEqual([404, 60, 'not_found']);
      expect(await shop.stock(offerId)).toBe(1_000_000);
    });

    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const small = makePair(1024);
    it.each<[string, string, RegExp]>([
      ['a private key', first.privatePem, /private key, which must never be sent/],
      [
        'an EC key',
        ec.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        /RSA key is needed, this one is ec/,
      ],
      ['1024 bits', small.publicPem, /2048 to 8192 bits are needed, this one has 1024/],
      ['garbage', 'garbage', /no PEM block/],
      ['base64 of a private key', Buffer.from(first.privatePem).toString('base64'), /private key/],
    ])('refuses %s, and says what is wrong', async (_, pem, detail) => {
      const { status, body } = await setKey(pem);
      expect([status, body.code, body.reason]).toEqual([400, 24, 'invalid_key']);
      expect(body.description).toMatch(detail);
      expect((await shop.get(KEYS)).status).toBe(404);
    });

    it.each<[string, object, string, number]>([
      ['no key', { key_type: 'rsa256' }, 'missing_body_field', 23],
      ['no type', { public_key_value: first.publicPem }, 'missing_body_field', 23],
      ['another type', { key_type: 'ec', public_key_value: first.publicPem }, 'invalid_body_field', 24],
      ['a number', { key_type: 'rsa256', public_key_value: 7 }, 'invalid_body_field', 24],
      ['too much', { key_type: 'rsa256', public_key_value: 'x'.repeat(16_385) }, 'invalid_body_field', 24],
    ])('refuses a body with %s', async (_, sent, reason, code) => {
      const { status, body } = await shop.post(KEYS, sent);
      expect([status, body.code, body.reason]).toEqual([400, code, reason]);
    });

    it('is set, plain or as base64, and told in the same ways', async () => {
      const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
      const plain = { key_type: 'rsa256', public_key_value: first.publicPem };
      const encoded = { key_type: 'rsa256', public_key_value: base64(first.publicPem) };
      const asBase64 = await shop.post(`${KEYS}?encoding=base64`, encoded);
      expect([asBase64.status, asBase64.body]).toEqual([201, encoded]);
      expect((await shop.get(KEYS)).body).toEqual(plain);
      expect((await shop.get(`/travel-b2b/v1${KEYS}?encoding=base64`)).body).toEqual(encoded);

      const der = createPublicKey(first.publicPem).export({ type: 'spki', format: 'der' }).toString('base64');
      for (const value of [first.publicPem.replaceAll('\n', '\\n'), first.publicPem.replaceAll('\n', ' '), der]) {
        const written = await setKey(value);
        expect([written.status, written.body]).toEqual([201, plain]);
        const same = await setKey(value, shop, `${KEYS}?encoding=base64`);
        expect([same.status, same.body]).toEqual([201, encoded]);
      }

      const byGuide = await shop.post(KEYS, { key_type: 'rsa256', public_key: first.publicPem });
      expect([byGuide.status, byGuide.body]).toEqual([201, plain]);
      const wrong = await shop.post(`${KEYS}?encoding=hex`, plain);
      expect([wrong.status, wrong.body.code]).toEqual([400, 28]);
      const privately = await shop.post(`${KEYS}?encoding=base64`, {
        key_type: 'rsa256',
        public_key_value: base64(first.privatePem),
      });
      expect(privately.body.reason).toBe('invalid_key');
    });

    it('belongs to that distributor alone', async () => {
      expect((await other.get(KEYS)).status).toBe(404);
      expect((await sandbox.get(`/travel-b2b-sandbox/v1${KEYS}`)).status).toBe(404);
    });
  });

  it('is sold without parameters; with the private key its activation code can be read', async () => {
    const before = await shop.stock(offerId);
    const { status, body } = await buy();
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'ok', product_type: 'eSim', supplier_name: 'Welcome Travelers' });
    expect(body.customer_message).toBe('Your eSIM is ready to be installed.');
    const profile = opened(body);
    expect(profile['activation_code']).toMatch(LPA);
    const { prefix, msisdn, iccid, nsce, imsi } = profile;
    const ofSale = async () => (await shop.get('/v1/events?order=newest&types=transaction.completed')).body[0]?.data;
    const numbers = { prefix, msisdn, iccid, nsce, imsi };
    await vi.waitFor(async () => expect(await ofSale()).toMatchObject({ id: body.id, parameters: numbers }), {
      timeout: 60_000,
    });
    expect(profile).toEqual(profileOf(body.id as string));
    expect(body.identification).toEqual({
      level: 1,
      url: 'https://identification.example/travelers',
      deadline: expect.any(String),
      status: 'pending',
    });
    expect(Date.parse(body.identification.deadline as string) - Date.parse(body.creation_date as string)).toBe(
      30 * DAY_MS,
    );
    expect(await shop.stock(offerId)).toBe(before - 1);
  });

  it('is read with the client as well: sold, looked up by its reference, and decrypted', async () => {
    const client = distributorClient(server, world.demo);
    expect(await client.keys.get()).toMatchObject({ public_key_value: first.publicPem });
    const sale = await client.esims.create({ offer_id: offerId, reference: 'room-12/1' });
    if (sale.status !== 'ok') throw new Error(`not sold, but ${sale.status}`);
    const { id, parameters } = sale.transaction;
    const { activation_code = '' } = parameters as { activation_code?: string };
    const code = await decryptActivationCode(activation_code, first.privatePem);
    expect(code).toBe(profileOf(id).activation_code);
    secrets.push(code);
    expect(await client.esims.lookup('room-12/1')).toMatchObject({ status: 'ok', transaction: { id } });
    const cases = await allOf(client.opentopup.identifications.list());
    expect(cases.map(({ transaction_id }) => transaction_id)).toContain(id);
  });

  it('is refused where the order names a line: nobody pays for a recharge and gets an eSIM', async () => {
    const { status, body } = await buy({}, { parameters: { msisdn: '0684587587' } });
    expect([status, body.reason, body.line_fault]).toEqual([400, 'bad_parameter', { fault: 'line_not_taken' }]);
  });

  it.each([{}, 7])('takes no parameters: %j is ignored', async (parameters) => {
    const { status, body } = await buy({}, { parameters });
    expect([status, body.status]).toEqual([201, 'ok']);
    expect(opened(body)).toEqual(profileOf(body.id as string));
  });

  it('is the same when the order is repeated with its key, and when it is looked up', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const sold = await buy(key);
    const again = await buy(key);
    const later = await shop.get(`${SALES}/${sold.body.id}`);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    for (const { body } of [again, later]) {
      expect(opened(body)).toEqual(opened(sold.body));
      expect({ ...body, parameters: null }).toEqual({ ...sold.body, parameters: null });
    }
  });

  it('is in lists with its numbers, but without what installs or unlocks it', async () => {
    const { body: sold } = await buy();
    const { body } = await shop.get(`${SALES}?limit=1`);
    const { prefix, msisdn, iccid, nsce, imsi } = sold.parameters;
    expect(body).toEqual([{ ...sold, parameters: { prefix, msisdn, iccid, nsce, imsi } }]);
  });

  it('is nothing to another distributor', async () => {
    const { body: sold } = await buy();
    expect((await other.get(`${SALES}/${sold.id}`)).status).toBe(404);
    expect((await other.post(SALES, { offer_id: offerId })).body.reason).toBe('invalid_offer_id');
    expect((await other.get(CASES)).body).toEqual([]);
  });

  it('is sold in the sandbox too, to its own distributor under its own key', async () => {
    const base = '/travel-b2b-sandbox/v1';
    const esim = world.demo.sandbox.offers.find(({ kind }) => kind === 'esim')?.id;
    expect((await sandbox.post(base + SALES, { offer_id: esim })).body.reason).toBe('missing_key');
    expect((await setKey(ofSandbox.publicPem, sandbox, base + KEYS)).status).toBe(201);
    const { body } = await sandbox.post(base + SALES, { offer_id: esim });
    expect(opened(body, ofSandbox)).toEqual(profileOf(body.id as string));
    expect((await sandbox.get(CASES)).body).toMatchObject([{ transaction_id: body.id }]);
  });

  it('is told under the new key once it is set; the old one reads nothing any more', async () => {
    const { body: sold } = await buy();
    expect((await setKey(second.publicPem)).status).toBe(201);
    const { body } = await shop.get(`${SALES}/${sold.id}`);
    expect(() => first.decrypt(body.parameters.activation_code as string)).toThrow(/error/);
    expect(opened(body, second)).toEqual(opened(sold));
    expect((await setKey(first.publicPem)).body.public_key_value).toBe(first.publicPem);
  });

  describe('whose user has to be identified', () => {
    let sold: Answer['body'];
    const reminders = (id: string): string => `${CASES}/${id}/reminders`;
    const confirmations = (id: string): string => `/admin/v1/identifications/${id}/confirmations`;

    beforeAll(async () => {
      sold = (await buy({}, { user_id: 'room 12' })).body;
    });

    it('is listed, the most urgent first', async () => {
      const { body } = await shop.get(CASES);
      expect(body.at(-1)).toEqual({
        transaction_id: sold.id,
        offer_name: 'Welcome Travelers eSIM 20 GB',
        user_id: 'room 12',
        sale_date: sold.creation_date,
        ...sold.identification,
        reminders: 0,
      });
      const deadlines = body.map(({ deadline }: { deadline: string }) => deadline);
      expect(deadlines).toEqual(deadlines.toSorted());
      expect((await shop.get(`${CASES}?status=identified`)).body).toEqual([]);
      expect((await shop.get(`${CASES}?status=overdue`)).body).toEqual([]);
      expect((await shop.get(`${CASES}?status=pending&limit=2`)).body).toEqual(body.slice(0, 2));
      expect((await shop.get(`${CASES}?status=late`)).body.code).toBe(28);
    });

    it('can be reminded, and each time is counted', async () => {
      const one = await shop.post(reminders(sold.id as string), {});
      const two = await shop.post(reminders(sold.id as string), {});
      expect([one.status, one.body.reminders, two.body.reminders]).toEqual([201, 1, 2]);
      expect(two.body).toMatchObject({ transaction_id: sold.id, last_reminder_date: expect.stringMatching(/Z$/) });
    });

    it('is confirmed by the operator, once and for all; then there is nothing to remind of', async () => {
      const denied = await shop.post(confirmations(sold.id as string), {});
      expect([denied.status, denied.body.code]).toEqual([401, 41]);
      const confirmed = await operator.post(confirmations(sold.id as string), {});
      expect([confirmed.status, confirmed.body.status]).toEqual([200, 'identified']);
      expect((await operator.post(confirmations(sold.id as string), {})).body).toEqual(confirmed.body);
      const late = await shop.post(reminders(sold.id as string), {});
      expect([late.status, late.body.reason]).toEqual([409, 'already_identified']);
      expect((await shop.get(`${CASES}?status=identified`)).body).toEqual([confirmed.body]);
      expect((await shop.get(CASES)).body.at(-1)).toEqual(confirmed.body);
      expect((await shop.get(`${SALES}/${sold.id}`)).body.identification.status).toBe('identified');
    });

    it('is not found by another distributor, nor where there is no eSIM', async () => {
      const topup = await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
      for (const [caller, path] of [
        [other, reminders(sold.id as string)],
        [sandbox, reminders(sold.id as string)],
        [shop, reminders(topup.body.id as string)],
        [shop, reminders(randomUUID())],
        [operator, confirmations(topup.body.id as string)],
        [operator, confirmations(randomUUID())],
      ] as const) {
        const { status, body } = await caller.post(path, {});
        expect([status, body.code]).toEqual([404, 60]);
      }
      expect((await shop.post(reminders('7'), {})).body.code).toBe(20);
    });
  });

  describe('after the server has stopped', () => {
    let db: Db;
    const alerts: string[] = [];
    let distributor_id: string;
    const crashed: Record<'kept' | 'delivered' | 'overdue', string> = { kept: '', delivered: '', overdue: '' };
    const lacking: string[] = [];

    beforeAll(async () => {
      await stop();
      db = await world.openDb();
      const [row] = await db.query<{ distributor_id: string }>('SELECT distributor_id FROM offers WHERE id = $1', [
        offerId,
      ]);
      distributor_id = row?.distributor_id ?? '';
    });

    const contextWith = (connector: Connector, more: Partial<Context> = {}): Context =>
      contextOn(db, {
        connectors: { names: [], get: () => connector, sandbox: connector },
        seal: createSeal(KEY),
        alert: (message) => alerts.push(message),
        ...more,
      });
    const { sandbox: simulated } = createConnectors({
      simulator: { latency_ms: 0, callbackUrl: () => null, callbackSecret: 'secret' },
    });
    /** A transaction that a process had in hand when it died, so long ago. */
    const held = async (ago_ms: number): Promise<TransactionKey> => {
      const id = v7({ msecs: Date.now() - ago_ms });
      const order = {
        distributor_id,
        offer_id: offerId,
        offer_version: 1,
        line: null,
        user_id: null,
        voucher_id: null,
      };
      const { store } = contextWith(simulated);
      const catalogue_version = await store.catalogue.version();
      const result = await store.hold({ ...order, id, idempotency: null, catalogue_version });
      expect(result.result).toBe('held');
      return { distributor_id, transaction_id: id };
    };

    it('has left its key in the audit trail, the operator’s confirmation too, and reminders as events', async () => {
      const audit = await db.query<{ action: string; actor: string }>(
        'SELECT action, actor, subject, details FROM audit WHERE distributor_id = $1 ORDER BY id',
        [distributor_id],
      );
      const keySet = { action: 'key.set', actor: `client ${world.demo.client_id}`, subject: distributor_id };
      const sets = audit.slice(0, -1);
      for (const entry of sets) expect(entry).toMatchObject(keySet);
      // The second key, before the first was set again.
      const details = { bits: 3072, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
      expect(sets.at(-2)).toMatchObject({ details });
      expect(audit.at(-1)).toMatchObject({ action: 'identification.confirmed', actor: 'operator' });
      const events = await db.query(
        `SELECT data->'reminders' AS reminders FROM events WHERE kind = 'identification.reminder' ORDER BY id`,
      );
      expect(events).toEqual([{ reminders: 1 }, { reminders: 2 }]);
    });

    it.each<[string, Extract<Outcome, { outcome: 'ok' }>]>([
      ['without a profile', { outcome: 'ok', supplier_reference: 'R-1' }],
      ['without an activation code', { outcome: 'ok', esim: { ...KEPT, activation_code: '' } }],
      [
        'with one too long for a key',
        { outcome: 'ok', esim: { ...KEPT, activation_code: `LPA:1$${'x'.repeat(200)}` } },
      ],
    ])('is not sold by an ok %s: it stays pending, with a cause and an alert', async (_, outcome) => {
      alerts.length = 0;
      const order = { offer_id: offerId, parameters: null, user_id: null, voucher_id: null };
      const topup = await createTopup(contextWith({ recharge: async () => outcome }), {
        distributor_id,
        order: { ...order, max_price: null, allow_repeat: false, check_network: false, notify: null },
        idempotency: null,
      });
      if ('reason' in topup) throw new Error(topup.reason);
      const { transaction } = topup;
      expect(transaction).toMatchObject({ status: 'pending', outcome_unknown: true, esim_sealed: null });
      expect(alerts).toEqual(['an eSIM was delivered without a profile that could be kept']);
      const [open] = await db.query('SELECT cause FROM unknown_outcomes WHERE transaction_id = $1', [transaction.id]);
      expect(open).toEqual({ cause: 'delivered without a profile that could be kept' });
      lacking.push(transaction.id);
    });

    it('is asked about again later, as long as its supplier tells no profile', async () => {
      alerts.length = 0;
      const later = new Date(Date.now() + 2_000);
      const cases = await leaseOpenCases(db, later, 60_000, 10);
      expect(cases.map(({ transaction_id }) => transaction_id).toSorted()).toEqual(lacking.toSorted());
      const mute: Connector = { ...simulated, lookup: async () => ({ outcome: 'ok' }) };
      for (const each of cases) await reconcileTopup(contextWith(mute), each);
      expect(alerts).toHaveLength(3);
      const open = await db.query<{ next_at: Date; leased_until: Date | null }>(
        'SELECT next_at, leased_until FROM unknown_outcomes WHERE transaction_id = ANY($1)',
        [lacking],
      );
      expect(open.map(({ leased_until }) => leased_until)).toEqual([null, null, null]);
      for (const { next_at } of open) expect(next_at.getTime()).toBeGreaterThan(Date.now());
    });

    it('is not sold where nothing can be sealed', async () => {
      const key = await held(1_000);
      const ctx = contextWith(simulated, { seal: null });
      const order = { offer_id: offerId, parameters: null, user_id: null, voucher_id: null };
      const ordered = await createTopup(ctx, {
        distributor_id,
        order: { ...order, max_price: null, allow_repeat: false, check_network: false, notify: null },
        idempotency: null,
      });
      expect(ordered).toMatchObject({ reason: 'not_configured', details: { detail: 'SEALING_KEY' } });
      expect(await resolveTopup(ctx, key, { outcome: 'ok', esim: KEPT })).toMatchObject({ status: 'pending' });
      lacking.push(key.transaction_id);
    });

    it('keeps the profile that came first', async () => {
      const key = await held(40 * DAY_MS);
      const ctx = contextWith(simulated);
      const delivered = profileOf(key.transaction_id);
      await keepProfile(ctx, key, { outcome: 'ok', esim: delivered }, null);
      expect(await resolveTopup(ctx, key, { outcome: 'ok', esim: KEPT })).toMatchObject({ status: 'ok' });
      crashed.overdue = key.transaction_id;
    });

    it('and died between delivery and confirmation has lost nothing', async () => {
      // Older than the next server takes them for its own, but not so old that the first one has looked for them.
      const kept = await held(21_000);
      const esim = { outcome: 'ok', esim: KEPT, supplier_reference: 'R-kept' } as const;
      await keepProfile(contextWith(simulated), kept, esim, null);
      crashed.kept = kept.transaction_id;
      crashed.delivered = (await held(21_000)).transaction_id;

      await db.close();
      await start({ SUPPLIER_DEADLINE_MS: '500' });
      shop = await signInClient(server, world.demo);
      const transactions = [crashed.kept, crashed.delivered, ...lacking];
      await vi.waitFor(
        async () => {
          for (const id of transactions) expect((await shop.get(`${SALES}/${id}`)).body.status).toBe('ok');
        },
        { timeout: 60_000, interval: 200 },
      );
      expect(opened((await shop.get(`${SALES}/${crashed.kept}`)).body)).toEqual(KEPT);
      for (const id of [crashed.delivered, crashed.overdue, ...lacking]) {
        expect(opened((await shop.get(`${SALES}/${id}`)).body)).toEqual(profileOf(id));
      }
    });

    it('is overdue for identification after 30 days, and then the most urgent', async () => {
      const { body } = await shop.get(CASES);
      expect(body[0]).toMatchObject({ transaction_id: crashed.overdue, status: 'overdue' });
      expect((await shop.get(`${CASES}?status=overdue`)).body).toEqual([body[0]]);
      expect((await shop.get(`${SALES}/${crashed.overdue}`)).body.identification.status).toBe('overdue');
    });

    it('has left no activation code, PUK, PIN or private key in the log or in the database', async () => {
      await stop();
      db = await world.openDb();
      const sums = await proveLedger(db, offerId);
      expect(sums).toMatchObject({ granted: 1_000_000, held: 0, pending: 0 });
      const [settled] = await db.query('SELECT supplier_reference FROM resolutions WHERE transaction_id = $1', [
        crashed.kept,
      ]);
      expect(settled).toEqual({ supplier_reference: 'R-kept' });

      const tables = await db.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
      );
      let dump = '';
      for (const { name } of tables) {
        const rows = await db.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" t`);
        dump += `${rows.map(({ text }) => text).join('\n')}\n`;
      }
      await db.close();
      expect(dump).toContain(crashed.kept);
      expect(log).toContain('"route":"/distributors/keys"');

      const lines = first.privatePem.split('\n').slice(1, -2);
      const hidden = [...secrets, KEPT.pin_code, KEPT.puk, 'PRIVATE KEY', 'LPA:1', ...lines];
      expect(new Set(secrets).size).toBeGreaterThan(30);
      const foundIn = (text: string): string[] => {
        // Eight digits may stand within a longer number by chance.
        const words = new Set(text.split(/\W+/));
        return hidden.filter((secret) => (/^\d+$/.test(secret) ? words.has(secret) : text.includes(secret)));
      };
      expect(foundIn(log)).toEqual([]);
      expect(foundIn(dump)).toEqual([]);
    });
  });
});
