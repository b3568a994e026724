import { randomUUID } from 'node:crypto';
import { CSRF_HEADER, UNATTENDED } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type Browser, linkToken, openBrowser, signInAs } from '../support/browser.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createEmptyPlace, createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { codeAt, elsewhere, said, staffOf } from '../support/staff.ts';

const SESSION = '/accounts/v1/session';
describe.each(ENGINES)('accounts on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: RawCaller;
  const start = async (): Promise<void> => {
    server = await world.start({ SEALING_KEY, TRUSTED_PROXY: 'loopback', LOG_LEVEL: 'warn' });
    operator = rawCallerWith(server, world.demo.admin_token);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    await start();
  });
  afterAll(() => world.remove());

  const { hire, enter, knock } = staffOf(() => ({ server, demo: world.demo }));

  describe('signing in', () => {
    it('says who is there and what it may do, and again whenever it is asked', async () => {
      const seller = await enter(world.demo.console.seller);
      const { body } = await seller.get(SESSION);
      expect(body).toMatchObject({
        email: world.demo.console.seller.email,
        role: 'seller',
        distributor: { name: 'Demo distributor', world: 'live' },
      });
      expect(body.permissions).toContain('createTransaction');
      expect(body.permissions).not.toContain('changeSettings');
    });

    it('takes the address in capital letters too', async () => {
      const { email, password } = world.demo.console.viewer;
      expect(said(await knock(email.toUpperCase(), password))).toEqual([200, undefined]);
    });

    it('is refused in the same words for a wrong password and for nobody', async () => {
      const wrong = await knock(world.demo.console.seller.email, 'three brown horses');
      const nobody = await knock('nobody@demo.example', 'three brown horses');
      expect(said(wrong)).toEqual([401, 'invalid_credentials']);
      expect({ ...nobody.body, request_id: '' }).toEqual({ ...wrong.body, request_id: '' });
      expect(wrong.headers.getSetCookie()).toEqual([]);
    });

    it('sets a cookie that no script reads and no other site sends', async () => {
      const here = await enter(world.demo.console.viewer);
      expect(here.lastSet()).toMatch(/^opentopup=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
      const away = await enter(world.demo.console.viewer, { ...elsewhere(), 'x-forwarded-host': 'topup.example' });
      expect(away.lastSet()).toMatch(
        /^__Host-opentopup=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect(said(await away.get(SESSION))).toEqual([200, undefined]);
    });

    it('gives a new session each time, and ends the one that the browser had', async () => {
      const browser = await enter(world.demo.console.viewer);
      const before = browser.cookies();
      await browser.post(SESSION, world.demo.console.viewer);
      expect(browser.cookies()).not.toBe(before);
      expect(said(await openBrowser(server).get(SESSION, { cookie: before }))).toEqual([401, 'invalid_credentials']);
    });
  });

  describe('a session', () => {
    it('changes nothing for a page of another site', async () => {
      const admin = await enter(world.demo.console.distributor_admin);
      const body = JSON.stringify({ line_units_per_day: 7 });
      const json = { 'content-type': 'application/json' };
      for (const headers of [json, { ...json, [CSRF_HEADER]: '1', 'sec-fetch-site': 'cross-site' }]) {
        expect(said(await admin.send('PATCH', '/v1/settings', headers, body))).toEqual([403, 'access_denied']);
      }
      expect((await admin.get('/v1/settings')).body.line_units_per_day).toBeNull();
    });

    it('is listed with all others of its account, and each may be ended', async () => {
      const person = await hire('viewer');
      const [here, there, third] = [await enter(person), await enter(person), await enter(person)];
      const { body: list } = await here.get('/accounts/v1/sessions');
      expect(list.map(({ current }: { current: boolean }) => current)).toEqual([false, false, true]);
      expect(list[0].address).toMatch(/^198\.51\.100\./);

      const other = list.find(({ current }: { current: boolean }) => !current);
      expect(said(await here.delete(`/accounts/v1/sessions/${other.id}`))).toEqual([200, undefined]);
      expect(said(await third.get(SESSION))).toEqual([401, 'invalid_credentials']);
      expect((await here.delete('/accounts/v1/sessions')).body).toEqual({ ended: 1 });
      expect(said(await there.get(SESSION))).toEqual([401, 'invalid_credentials']);

      const stranger = await enter(world.demo.console.seller);
      const mine = (await here.get(SESSION)).body.session_id;
      expect(said(await stranger.delete(`/accounts/v1/sessions/${mine}`))).toEqual([404, 'not_found']);
      expect((await here.get('/accounts/v1/sessions')).body).toHaveLength(1);
    });

    it('ends when its owner signs out, and the cookie goes', async () => {
      const browser = await enter(world.demo.console.viewer);
      const cookie = browser.cookies();
      expect(said(await browser.delete(SESSION))).toEqual([200, undefined]);
      expect(browser.cookies()).toBe('');
      expect(said(await browser.get(SESSION))).toEqual([401, 'missing_credentials']);
      expect(said(await browser.get(SESSION, { cookie }))).toEqual([401, 'invalid_credentials']);
    });

    it('does not count while its distributor is suspended', async () => {
      const seller = await enter(world.demo.console.seller);
      const { distributor_id } = (await seller.get(SESSION)).body;
      await operator.patch(`/admin/v1/distributors/${distributor_id}`, { status: 'suspended' });
      expect(said(await seller.get('/distributors/offers'))).toEqual([401, 'invalid_credentials']);
      const { email, password } = world.demo.console.seller;
      expect(said(await knock(email, password))).toEqual([403, 'access_denied']);
      await operator.patch(`/admin/v1/distributors/${distributor_id}`, { status: 'active' });
      expect(said(await seller.get('/distributors/offers'))).toEqual([200, undefined]);
    });

    it('sells for a seller', async () => {
      const seller = await enter(world.demo.console.seller);
      const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: '0684587587' } };
      const sold = await seller.post('/distributors/transactions', order);
      expect([sold.status, sold.body.parameters]).toEqual([201, { msisdn: '+33684587587' }]);
      expect(sold.body.user_id).toBe((await seller.get(SESSION)).body.id);
      const named = await seller.post('/distributors/transactions', { ...order, user_id: 'till 7' });
      expect(named.body.user_id).toBe('till 7');
    });

    it('sells nothing for a viewer, who sees the numbers masked, in lists and as CSV', async () => {
      const viewer = await enter(world.demo.console.viewer);
      const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: '0684587587' } };
      expect(said(await viewer.post('/distributors/transactions', order))).toEqual([403, 'access_denied']);
      const { body } = await viewer.get('/distributors/transactions');
      expect(body[0].parameters).toEqual({ msisdn: '+33 6 •• •• •• 87' });
      const csv = await viewer.get('/distributors/transactions', { accept: 'text/csv' });
      expect(csv.body).toContain('+33 6 •• •• •• 87');
      expect(csv.body).not.toContain('684587587');
      const support = await enter(world.demo.console.support);
      const all = await support.get('/admin/v1/transactions');
      expect(all.body[0].parameters).toEqual({ msisdn: '+33 6 •• •• •• 87' });
    });

    it('calls the sandbox of its distributor too, and no other’s', { tags: 'long' }, async () => {
      const seller = await enter(world.demo.console.seller);
      const offer_id = world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id;
      const order = { offer_id, parameters: { msisdn: '0684587587' } };
      expect((await seller.post('/travel-b2b-sandbox/v1/distributors/transactions', order)).status).toBe(201);
      expect((await seller.post('/distributors/transactions', order)).body.reason).toBe('invalid_offer_id');

      const { body: alone } = await operator.post('/admin/v1/distributors', { name: 'Alone' });
      const email = `${randomUUID()}@alone.example`;
      const invitation = { email, role: 'seller', distributor_id: alone.id };
      const { link } = (await operator.post('/admin/v1/accounts', invitation)).body;
      const person = { email, password: `the horses of ${randomUUID()}` };
      await openBrowser(server).post('/accounts/v1/passwords', { token: linkToken(link), password: person.password });
      const lonely = await enter(person);
      const refused = await lonely.get('/travel-b2b-sandbox/v1/distributors/offers');
      expect(said(refused)).toEqual([403, 'access_denied']);
    });
  });

  describe('a second factor', () => {
    it('is asked for from its confirmation on; no code counts twice', async () => {
      const person = await hire('seller');
      const browser = await enter(person);
      const begin = await browser.post('/accounts/v1/factor', { password: person.password });
      expect(begin.body.uri).toMatch(/^otpauth:\/\/totp\/OpenTopup:/);
      const { secret } = begin.body;
      const wrong = await browser.post('/accounts/v1/factor/confirmations', { code: '000000' });
      expect(said(wrong)).toEqual([400, 'invalid_body_field']);
      expect(said(await knock(person.email, person.password))).toEqual([200, undefined]);

      const cookie = browser.cookies();
      const first = codeAt(secret, 0);
      const confirmed = await browser.post('/accounts/v1/factor/confirmations', { code: first });
      expect(confirmed.body.recovery_codes).toHaveLength(10);
      expect(said(await openBrowser(server).get(SESSION, { cookie }))).toEqual([401, 'invalid_credentials']);
      expect((await browser.get(SESSION)).body.second_factor).toBe(true);

      expect(said(await knock(person.email, person.password))).toEqual([401, 'code_needed']);
      expect(said(await knock(person.email, 'a wrong password'))).toEqual([401, 'invalid_credentials']);
      const code = codeAt(secret, 1);
      for (const [each, answer] of [
        [first, 401],
        [code, 200],
        [code, 401],
        ['000000', 401],
      ] as const) {
        expect((await knock(person.email, person.password, elsewhere(), { code: each })).status).toBe(answer);
      }
      const [recovery, spare] = confirmed.body.recovery_codes;
      const typed = recovery.toUpperCase().replaceAll('-', ' ');
      expect((await knock(person.email, person.password, elsewhere(), { code: typed })).status).toBe(200);
      expect((await knock(person.email, person.password, elsewhere(), { code: recovery })).status).toBe(401);

      const next = { password: person.password, code: spare };
      const again = await browser.post('/accounts/v1/factor', { password: person.password });
      expect(said(again)).toEqual([409, 'already_enrolled']);
      expect(said(await browser.post('/accounts/v1/factor/removals', { ...next, code: code }))).toEqual([
        400,
        'invalid_body_field',
      ]);
      const removed = await browser.post('/accounts/v1/factor/removals', next);
      expect(removed.body.second_factor).toBe(false);
      expect(said(await knock(person.email, person.password))).toEqual([200, undefined]);
    });
  });

  describe('a password', () => {
    it('is changed by whoever knows it; every other session ends', async () => {
      const person = await hire('viewer');
      const [here, there] = [await enter(person), await enter(person)];
      const change = (password: string, new_password: string): Promise<Answer> =>
        here.post('/accounts/v1/password', { password, new_password });
      expect(said(await change('a wrong password', 'four brown horses'))).toEqual([400, 'invalid_body_field']);
      expect((await change(person.password, 'short')).body.description).toContain('new_password');
      expect((await change(person.password, 'Password2026!')).body.description).toContain('too easy to guess');
      const cookie = here.cookies();
      expect(said(await change(person.password, 'four brown horses'))).toEqual([200, undefined]);
      expect(said(await here.get(SESSION))).toEqual([200, undefined]);
      expect(here.cookies()).not.toBe(cookie);
      expect(said(await there.get(SESSION))).toEqual([401, 'invalid_credentials']);
      expect(said(await knock(person.email, person.password))).toEqual([401, 'invalid_credentials']);
      expect(said(await knock(person.email, 'four brown horses'))).toEqual([200, undefined]);
    });

    it('is reset with a link that an administrator passes on, once', { tags: 'long' }, async () => {
      const person = await hire('seller');
      const there = await enter(person);
      const admin = await enter(world.demo.console.distributor_admin);
      const old = (await admin.post(`/v1/staff/${person.id}/links`, {})).body.link;
      const { link } = (await admin.post(`/v1/staff/${person.id}/links`, {})).body;
      const anybody = openBrowser(server);
      const read = (token: string): Promise<Answer> => anybody.post('/accounts/v1/links', { token });
      expect((await read(linkToken(link))).body).toMatchObject({
        purpose: 'reset',
        email: person.email,
        role: 'seller',
      });
      expect(said(await read(linkToken(old)))).toEqual([400, 'invalid_link']);
      const set = (password: string): Promise<Answer> =>
        anybody.post('/accounts/v1/passwords', { token: linkToken(link), password });
      expect(said(await set('Password2026!'))).toEqual([400, 'invalid_body_field']);
      const both = await Promise.all([set('five brown horses'), set('five brown horses')]);
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
      expect(said(await there.get(SESSION))).toEqual([401, 'invalid_credentials']);
      expect(said(await knock(person.email, 'five brown horses'))).toEqual([200, undefined]);
    });

    it('may be asked to be reset, with the same answer for nobody', { tags: 'long' }, async () => {
      const browser = openBrowser(server, elsewhere());
      const ask = (email: string): Promise<Answer> => browser.post('/accounts/v1/resets', { email });
      const [known, unknown] = [await ask(world.demo.console.seller.email), await ask('nobody@demo.example')];
      expect([known.status, known.body]).toEqual([202, { status: 'accepted' }]);
      expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
      await ask('nobody@demo.example');
      await ask('nobody@demo.example');
      expect(said(await ask('nobody@demo.example'))).toEqual([429, 'too_many_requests']);
    });
  });

  describe('staff', () => {
    it('is invited with a link that counts once, and listed', { tags: 'long' }, async () => {
      const admin = await enter(world.demo.console.distributor_admin);
      const email = `${randomUUID()}@staff.example`;
      const invited = await admin.post('/v1/staff', { email: email.toUpperCase(), role: 'viewer' });
      expect(invited.body.account).toMatchObject({ email, role: 'viewer', status: 'invited' });
      expect(invited.body.link).toMatch(new RegExp(`^${server.baseUrl}/password#[\\w-]{43}$`));
      expect(said(await admin.post('/v1/staff', { email, role: 'seller' }))).toEqual([409, 'email_taken']);
      const token = linkToken(invited.body.link);
      const anybody = openBrowser(server);
      expect((await anybody.post('/accounts/v1/links', { token })).body).toMatchObject({
        purpose: 'invitation',
        email,
        distributor_name: 'Demo distributor',
      });
      expect(said(await knock(email, 'three brown horses'))).toEqual([401, 'invalid_credentials']);
      const use = { token, password: 'three brown horses' };
      expect((await anybody.post('/accounts/v1/passwords', use)).body).toMatchObject({ email, status: 'active' });
      expect(said(await anybody.post('/accounts/v1/passwords', use))).toEqual([400, 'invalid_link']);
      expect(said(await knock(email, use.password))).toEqual([200, undefined]);
      const listed = (await admin.get('/v1/staff')).body.map((each: { email: string }) => each.email);
      expect(listed).toContain(email);
      expect(listed).not.toContain(world.demo.console.operator.email);
    });

    it('gets another role, or leaves, and its sessions end', { tags: 'long' }, async () => {
      const person = await hire('seller');
      const admin = await enter(world.demo.console.distributor_admin);
      const session = await enter(person);
      const changed = await admin.patch(`/v1/staff/${person.id}`, { role: 'viewer' });
      expect(changed.body.role).toBe('viewer');
      expect(said(await session.get(SESSION))).toEqual([401, 'invalid_credentials']);
      const again = await enter(person);
      expect(said(await admin.delete(`/v1/staff/${person.id}`))).toEqual([200, undefined]);
      expect(said(await again.get(SESSION))).toEqual([401, 'invalid_credentials']);
      expect(said(await knock(person.email, person.password))).toEqual([401, 'invalid_credentials']);
    });

    it('keeps its last administrator, unless the operator says otherwise', async () => {
      const admin = await enter(world.demo.console.distributor_admin);
      const { id } = (await admin.get(SESSION)).body;
      expect(said(await admin.delete(`/v1/staff/${id}`))).toEqual([409, 'last_admin']);
      expect(said(await admin.patch(`/v1/staff/${id}`, { role: 'seller' }))).toEqual([409, 'last_admin']);
      const owner = await enter(world.demo.console.operator);
      const self = (await owner.get(SESSION)).body.id;
      expect(said(await owner.delete(`/admin/v1/accounts/${self}`))).toEqual([409, 'last_admin']);
    });

    it('of two administrators who remove each other at the same moment keeps one', async () => {
      const { body: shop } = await operator.post('/admin/v1/distributors', { name: 'Two heads' });
      const invite = async (): Promise<Browser & { id: string }> => {
        const person = { email: `${randomUUID()}@two.example`, password: `the horses of ${randomUUID()}` };
        const invitation = { email: person.email, role: 'distributor_admin', distributor_id: shop.id };
        const { link, account } = (await operator.post('/admin/v1/accounts', invitation)).body;
        const use = { token: linkToken(link), password: person.password };
        await openBrowser(server).post('/accounts/v1/passwords', use);
        return { ...(await enter(person)), id: account.id };
      };
      const [one, other] = [await invite(), await invite()];
      const both = await Promise.all([one.delete(`/v1/staff/${other.id}`), other.delete(`/v1/staff/${one.id}`)]);
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = await operator.get(`/admin/v1/accounts?distributor=${shop.id}`);
      expect(left.body).toHaveLength(1);
    });

    it('belongs to its distributor, and is nobody’s to others', async () => {
      const owner = await enter(world.demo.console.operator);
      const { id } = (await owner.get(SESSION)).body;
      const admin = await enter(world.demo.console.distributor_admin);
      expect(said(await admin.patch(`/v1/staff/${id}`, { role: 'viewer' }))).toEqual([404, 'not_found']);
      expect(said(await admin.delete(`/v1/staff/${id}`))).toEqual([404, 'not_found']);
      expect(said(await admin.post(`/v1/staff/${id}/links`, {}))).toEqual([404, 'not_found']);
      const raised = { email: `${randomUUID()}@staff.example`, role: 'operator_admin' };
      expect(said(await admin.post('/v1/staff', raised))).toEqual([400, 'invalid_body_field']);
      expect(said(await owner.post('/admin/v1/accounts', { ...raised, role: 'seller' }))).toEqual([
        400,
        'invalid_body_field',
      ]);
    });

    it('is named in the audit trail, by its account', { tags: 'long' }, async () => {
      const person = await hire('distributor_admin');
      const admin = await enter(person);
      await admin.patch('/v1/settings', { user_units_per_hour: 70_000 });
      const owner = await enter(world.demo.console.operator);
      const find = async (): Promise<any> => (await owner.get('/admin/v1/audit?action=settings.changed')).body[0];
      expect(await find()).toMatchObject({ actor: `account ${person.id}`, actor_email: person.email });
      await owner.delete(`/admin/v1/accounts/${person.id}`);
      const entry = await find();
      expect([entry.actor, entry.actor_email]).toEqual([`account ${person.id}`, undefined]);
      await operator.patch(`/admin/v1/distributors/${entry.subject}/settings`, { user_units_per_hour: null });
    });
  });

  describe('clients', () => {
    it('are made, rotated and revoked by their own distributor, in the sandbox too', async () => {
      const admin = await enter(world.demo.console.distributor_admin);
      const live = (await admin.post('/v1/credentials', { name: 'Till 9' })).body;
      const sandbox = (await admin.post('/v1/credentials', { name: 'Try', world: 'sandbox' })).body;
      expect([live.world, sandbox.world]).toEqual(['live', 'sandbox']);
      const inSandbox = await rawSignIn(server, sandbox);
      expect((await inSandbox.get('/travel-b2b-sandbox/v1/distributors/offers')).status).toBe(200);

      const rotated = (await admin.post(`/v1/credentials/${live.client_id}/rotations`, { overlap_s: 0 })).body;
      await expect(rawSignIn(server, live)).rejects.toThrow('invalid_credentials');
      await rawSignIn(server, rotated);
      const revoked = await admin.delete(`/v1/credentials/${live.client_id}`);
      expect(revoked.body.revocation_date).toBeDefined();
      await expect(rawSignIn(server, rotated)).rejects.toThrow('invalid_credentials');

      const listed = (await admin.get('/v1/credentials')).body;
      const ids = listed.map(({ client_id }: { client_id: string }) => client_id);
      expect(ids).toEqual(expect.arrayContaining([world.demo.client_id, world.demo.sandbox.client_id, live.client_id]));
      expect(JSON.stringify(listed)).not.toContain('secret":');
    });

    it('of others are nobody’s', async () => {
      const admin = await enter(world.demo.console.distributor_admin);
      const { client_id } = world.demo.other;
      expect(said(await admin.post(`/v1/credentials/${client_id}/rotations`, {}))).toEqual([404, 'not_found']);
      expect(said(await admin.delete(`/v1/credentials/${client_id}`))).toEqual([404, 'not_found']);
      await rawSignIn(server, world.demo.other);
    });
  });

  it('a session is kept by whoever uses it, not by a page that nobody is at, nor by its stream', async () => {
    const cookie = (await enter(world.demo.console.viewer)).cookies();
    await server.stop();
    const db = await world.openDb();
    await db.query(`UPDATE sessions SET seen_at = seen_at - interval '50 minutes'`);
    await db.close();
    await start();
    const page = openBrowser(server, { ...elsewhere(), cookie });
    const alone = { [CSRF_HEADER]: UNATTENDED };
    const minutesAgo = async (): Promise<number> => {
      const { body } = await page.get(`${SESSION}s`, alone);
      const { last_seen_date } = body.find(({ current }: { current: boolean }) => current);
      return (Date.now() - Date.parse(last_seen_date)) / 60_000;
    };
    expect((await page.get('/distributors/offers', alone)).status).toBe(200);
    expect((await page.get('/v1/events/stream')).status).toBe(200);
    expect(await minutesAgo()).toBeGreaterThan(49);
    expect((await page.get('/distributors/offers', { [CSRF_HEADER]: '1' })).status).toBe(200);
    expect(await minutesAgo()).toBeLessThan(49);
  });

  it('a session that expires in the middle of a sale loses nothing and doubles nothing', async () => {
    const { seller } = world.demo.console;
    const order = { offer_id: world.offer('small'), parameters: { msisdn: '0684587123' } };
    const headers = { 'idempotency-key': randomUUID() };
    const before = await enter(seller);
    const first = await before.post('/distributors/transactions', order, headers);
    expect(first.status).toBe(201);
    const cookie = before.cookies();

    await server.stop();
    const db = await world.openDb();
    await db.query(`UPDATE sessions SET seen_at = seen_at - interval '61 minutes'`);
    await db.query(`UPDATE sessions SET created_at = created_at - interval '13 hours', seen_at = now() WHERE ended_at IS NULL
                    AND id <> (SELECT max(id::text)::uuid FROM sessions)`);
    const kept = JSON.stringify(await db.query('SELECT * FROM sessions JOIN accounts ON accounts.id = account_id'));
    for (const secret of [cookie.split('=')[1] ?? '', seller.password]) expect(kept).not.toContain(secret);
    await db.close();
    await start();

    const again = openBrowser(server, elsewhere());
    const lost = await again.post('/distributors/transactions', order, { ...headers, cookie });
    expect(said(lost)).toEqual([401, 'expired_credentials']);
    await again.post(SESSION, seller);
    const found = await again.post('/distributors/transactions', order, headers);
    expect([found.status, found.body.id, found.headers.get('idempotent-replayed')]).toEqual([
      201,
      first.body.id,
      'true',
    ]);
    await server.stop();
    const proof = await world.openDb();
    expect(await proveLedger(proof, world.offer('small'))).toMatchObject({ sold: 1, held: 0, available: 99 });
    await proof.close();
  });
});

describe.each(ENGINES)('the first account of the operator on %s', (engine) => {
  it('is made with a link that the terminal shows until it was used', { tags: 'long' }, async () => {
    const place = await createEmptyPlace(engine);
    try {
      const linkIn = (server: RunningServer): string | undefined =>
        /first account is made here, once:\s+(\S+)/.exec(server.output())?.[1];
      const first = await place.start({ PUBLIC_URL: 'https://topup.example/' });
      const old = linkIn(first) ?? '';
      expect(old).toMatch(/^https:\/\/topup\.example\/password#[\w-]{43}$/);
      await first.stop();

      const second = await place.start();
      const link = linkIn(second) ?? '';
      const browser = openBrowser(second);
      const use = (token: string, more: object = {}): Promise<Answer> =>
        browser.post('/accounts/v1/passwords', { token, password: 'three brown horses', ...more });
      const email = 'ada@operator.example';
      expect(said(await use(linkToken(old), { email }))).toEqual([400, 'invalid_link']);
      expect((await browser.post('/accounts/v1/links', { token: linkToken(link) })).body).toEqual({
        purpose: 'first_account',
        role: 'operator_admin',
      });
      expect(said(await use(linkToken(link)))).toEqual([400, 'missing_body_field']);
      expect((await use(linkToken(link), { email })).body).toMatchObject({ email, role: 'operator_admin' });
      expect(said(await use(linkToken(link), { email: 'eve@operator.example' }))).toEqual([400, 'invalid_link']);
      const ada = await signInAs(second, { email, password: 'three brown horses' });
      expect(said(await ada.post('/admin/v1/distributors', { name: 'Airport shop' }))).toEqual([201, undefined]);
      await second.stop();

      const third = await place.start();
      expect(linkIn(third)).toBeUndefined();
    } finally {
      await place.remove();
    }
  });
});
