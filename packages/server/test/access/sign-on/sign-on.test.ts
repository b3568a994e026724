import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { linkToken, openBrowser } from '../../support/browser.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../../support/raw-caller.ts';
import { SEALING_KEY } from '../../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../../support/server.ts';
import { elsewhere, said, staffOf } from '../../support/staff.ts';
import { type RunningProvider, settingsOf, signInThere, signOnAs, startProvider } from './provider.ts';

const SESSION = '/accounts/v1/session';
const BEGIN = '/accounts/v1/sign-on';
const COMPLETE = '/accounts/v1/sign-on/completions';
const ada = { email: 'Ada@shop.example', email_verified: true, groups: ['tills'] };

describe.each(STORAGE_ENGINES)('single sign-on on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let provider: RunningProvider;
  let operator: RawCaller;
  let shop: RawCaller;
  let code = '';
  const browser = () => openBrowser(server, elsewhere());
  const set = (more: object = {}) => shop.put('/v1/sign-on', { ...settingsOf(provider.issuer), ...more });
  const { hire, enter, knock } = staffOf(() => ({ server, demo: world.demo }));

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({
      SEALING_KEY,
      TRUSTED_PROXY: 'loopback',
      WEBHOOK_ALLOW: '127.0.0.1',
      LOG_LEVEL: 'warn',
    });
    provider = await startProvider(server.baseUrl);
    operator = rawCallerWith(server, world.demo.admin_token);
    shop = await rawSignIn(server, world.demo);
    code = (await set()).body.code;
    await provider.plant('ada', ada);
  });
  beforeEach(() => provider.lie('none'));
  afterAll(async () => {
    await provider?.stop();
    await world.remove();
  });

  it('makes an account for who comes for the first time, and finds it again by who it is there', async () => {
    const till = browser();
    const first = await signOnAs(till, code, 'ada');
    expect(said(first)).toEqual([200, undefined]);
    expect(first.body).toMatchObject({
      email: 'ada@shop.example',
      role: 'seller',
      status: 'active',
      single_sign_on: true,
    });
    expect(till.cookies()).toMatch(/^opentopup=[\w-]{43}$/);
    expect((await till.get(SESSION)).body.id).toBe(first.body.id);

    await provider.plant('ada', { ...ada, email: 'ada.lovelace@shop.example', groups: ['topup-admins', 'tills'] });
    const again = await signOnAs(browser(), code, 'ada');
    expect(again.body).toMatchObject({
      id: first.body.id,
      email: 'ada@shop.example',
      role: 'distributor_admin',
      role_before: 'seller',
    });
    // Of another role, the sessions of before are over.
    expect(said(await till.get(SESSION))).toEqual([401, 'invalid_credentials']);

    const { body } = await operator.get('/admin/v1/audit?limit=5');
    expect(body.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['account.created', 'account.changed', 'sign_on.changed']),
    );
    expect(JSON.stringify(body)).not.toContain('kept-by-the-provider-too');
  });

  it('never tells the secret, and keeps it where neither issuer nor client changes', async () => {
    const { client_secret, ...rest } = settingsOf(provider.issuer);
    expect(said(await shop.put('/v1/sign-on', { ...rest, client_id: 'another' }))).toEqual([400, 'missing_body_field']);
    const kept = await shop.put('/v1/sign-on', rest);
    expect(said(kept)).toEqual([200, undefined]);
    expect(JSON.stringify([kept.body, (await shop.get('/v1/sign-on')).body])).not.toContain(client_secret);
    expect(kept.body).toMatchObject({
      code,
      redirect_uri: `${server.baseUrl}/sign-on`,
      scope: 'openid email',
      only: false,
    });
    expect(said(await signOnAs(browser(), code, 'ada'))).toEqual([200, undefined]);
  });

  it('lets nobody in for whom the provider says no role or no address', { tags: 'long' }, async () => {
    await provider.plant('bob', { email: 'bob@shop.example', groups: ['gardeners'] });
    expect(said(await signOnAs(browser(), code, 'bob'))).toEqual([403, 'sign_on_no_role']);
    await provider.plant('bob', { email: 'bob@shop.example', email_verified: false, groups: 'tills' });
    expect(said(await signOnAs(browser(), code, 'bob'))).toEqual([403, 'sign_on_no_email']);
    await provider.plant('bob', { groups: 'tills' });
    expect(said(await signOnAs(browser(), code, 'bob'))).toEqual([403, 'sign_on_no_email']);
  });

  it('ends the sessions of who has no role there any more, and says so', { tags: 'long' }, async () => {
    await provider.plant('eve', { email: 'eve@shop.example', groups: 'tills' });
    const till = browser();
    const { id } = (await signOnAs(till, code, 'eve')).body;
    await provider.plant('eve', { email: 'eve@shop.example', groups: 'gardeners' });
    expect(said(await signOnAs(browser(), code, 'eve'))).toEqual([403, 'sign_on_role_lost']);
    expect(said(await till.get(SESSION))).toEqual([401, 'invalid_credentials']);
    const { body } = await operator.get(`/admin/v1/audit?action=account.role_lost&subject=${id}`);
    expect(body).toMatchObject([{ details: { reason: 'sign_on_role_lost', ended: 1 } }]);
  });

  it('leaves nobody without an administrator, whatever the provider says', { tags: 'long' }, async () => {
    const own = await operator.post('/admin/v1/distributors', { name: 'Only one' });
    const path = `/admin/v1/sign-on?distributor=${own.body.id}`;
    const there = (await operator.put(path, settingsOf(provider.issuer))).body.code;
    await provider.plant('finn', { email: 'finn@one.example', groups: 'topup-admins' });
    const desk = browser();
    await signOnAs(desk, there, 'finn');
    await provider.plant('finn', { email: 'finn@one.example', groups: 'tills' });
    expect(said(await signOnAs(browser(), there, 'finn'))).toEqual([409, 'sign_on_last_admin']);
    expect(said(await desk.get(SESSION))).toEqual([401, 'invalid_credentials']);
    await provider.plant('gil', { email: 'gil@one.example', groups: 'topup-admins' });
    expect(said(await signOnAs(browser(), there, 'gil'))).toEqual([200, undefined]);
    expect((await signOnAs(browser(), there, 'finn')).body).toMatchObject({
      role: 'seller',
      role_before: 'distributor_admin',
    });
  });

  it('never takes an account by its address alone; its owner links it', { tags: 'long' }, async () => {
    const person = await hire('seller');
    await provider.plant('carol', { email: person.email, groups: ['tills'] });
    expect(said(await signOnAs(browser(), code, 'carol'))).toEqual([409, 'sign_on_not_linked']);

    const own = await enter(person);
    expect((await own.get(SESSION)).body).toMatchObject({ sign_on_code: code, single_sign_on: false });
    const begun = await own.post('/accounts/v1/sign-on/links', undefined);
    const response = await signInThere(begun.body.url, 'carol');
    // Whoever is lured to complete it elsewhere links nothing.
    expect(said(await browser().post(COMPLETE, { response }))).toEqual([400, 'sign_on_expired']);
    const linked = await own.post(COMPLETE, { response });
    expect(linked.body).toMatchObject({ id: person.id, single_sign_on: true });
    expect((await signOnAs(browser(), code, 'carol')).body.id).toBe(person.id);
    expect(said(await knock(person.email, person.password))).toEqual([200, undefined]);

    const second = await enter(await hire('seller'));
    const other = await second.post('/accounts/v1/sign-on/links', undefined);
    const same = await second.post(COMPLETE, { response: await signInThere(other.body.url, 'carol') });
    expect(said(same)).toEqual([409, 'sign_on_linked']);
  });

  it.each([
    ['issuer', 'begin', 403, 'sign_on_untrusted'],
    ['page', 'begin', 503, 'sign_on_unavailable'],
    ['down', 'begin', 503, 'sign_on_unavailable'],
    ['down', 'complete', 503, 'sign_on_unavailable'],
    ['silent', 'begin', 503, 'sign_on_unavailable'],
    ['nonce', 'complete', 403, 'sign_on_untrusted'],
    ['expired', 'complete', 403, 'sign_on_untrusted'],
    ['audience', 'complete', 403, 'sign_on_untrusted'],
    ['signature', 'complete', 403, 'sign_on_untrusted'],
  ] as const)(
    'signs nobody in where the provider lies: %s, at %s',
    { tags: 'long' },
    async (lie, at, status, reason) => {
      const till = browser();
      if (at === 'begin') await provider.lie(lie);
      const begun = await till.post(BEGIN, { code });
      if (at === 'begin') return expect(said(begun)).toEqual([status, reason]);
      const response = await signInThere(begun.body.url, 'ada');
      await provider.lie(lie);
      expect(said(await till.post(COMPLETE, { response }))).toEqual([status, reason]);
      expect(till.cookies()).toBe('');
    },
  );

  it('counts once, in the browser that began it, for ten minutes', { tags: 'long' }, async () => {
    const till = browser();
    const { url } = (await till.post(BEGIN, { code })).body;
    expect(till.lastSet()).toMatch(/^opentopup-sign-on=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Strict$/);
    const kept = till.cookies();
    const asked = new URL(url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    const response = await signInThere(url, 'ada');
    expect(said(await browser().post(COMPLETE, { response }))).toEqual([400, 'sign_on_expired']);
    const wrong = response.replace(/state=[^&]+/, 'state=another');
    expect(said(await openBrowser(server, { cookie: kept }).post(COMPLETE, { response: wrong }))).toEqual([
      400,
      'sign_on_expired',
    ]);
    expect(said(await till.post(COMPLETE, { response }))).toEqual([200, undefined]);
    expect(said(await till.post(COMPLETE, { response }))).toEqual([400, 'sign_on_expired']);
    expect(said(await openBrowser(server, { cookie: kept }).post(COMPLETE, { response }))).toEqual([
      403,
      'sign_on_refused',
    ]);
    expect(said(await till.post(COMPLETE, { response: 'error=access_denied' }))).toEqual([400, 'sign_on_expired']);
    const state = new URL((await till.post(BEGIN, { code })).body.url).searchParams.get('state');
    const denied = await till.post(COMPLETE, { response: `error=access_denied&state=${state}&iss=${provider.issuer}` });
    expect([...said(denied), denied.body.description]).toEqual([
      403,
      'sign_on_refused',
      expect.stringMatching(/access_denied$/),
    ]);
  });

  it('may be the only way in once an administrator has come by it, and the operator opens the other again', {
    tags: 'long',
  }, async () => {
    const person = await hire('seller');
    await provider.plant('ada', { ...ada, groups: ['tills'] });
    await signOnAs(browser(), code, 'ada');
    expect(said(await set({ only: true }))).toEqual([409, 'sign_on_unproven']);
    await provider.plant('ada', { ...ada, groups: ['topup-admins'] });
    await signOnAs(browser(), code, 'ada');
    expect((await set({ only: true })).body).toMatchObject({ only: true });

    expect(said(await knock(person.email, person.password))).toEqual([403, 'sign_on_needed']);
    expect(said(await knock(person.email, 'three brown horses'))).toEqual([401, 'invalid_credentials']);
    expect(said(await signOnAs(browser(), code, 'ada'))).toEqual([200, undefined]);
    // The same address and password at another business still sign in there, however lately it was used here.
    const other = await rawSignIn(server, world.demo.other);
    const { link } = (await other.post('/v1/staff', { email: person.email, role: 'viewer' })).body;
    await browser().post('/accounts/v1/passwords', { token: linkToken(link), password: person.password });
    expect((await knock(person.email, person.password)).body.distributor).toMatchObject({ name: 'Other distributor' });

    const { distributor_id } = (await signOnAs(browser(), code, 'ada')).body;
    const { client_secret: _, ...rest } = settingsOf(provider.issuer);
    const opened = await operator.put(`/admin/v1/sign-on?distributor=${distributor_id}`, rest);
    expect(opened.body).toMatchObject({ only: false, code });
    expect(said(await knock(person.email, person.password))).toEqual([200, undefined]);
  });

  it('says where to sign out there too', { tags: 'long' }, async () => {
    const till = browser();
    await signOnAs(till, code, 'ada');
    const { sign_out_url } = (await till.delete(SESSION)).body;
    const url = new URL(sign_out_url);
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${server.baseUrl}/`);
    expect((await fetch(url)).status).toBe(200);
    const person = await enter(world.demo.console.viewer);
    expect((await person.delete(SESSION)).body).toEqual({ ended: 1 });
  });

  it('keeps the people of a suspended distributor out', { tags: 'long' }, async () => {
    const till = browser();
    const { distributor_id } = (await signOnAs(till, code, 'ada')).body;
    const begun = await till.post(BEGIN, { code });
    const response = await signInThere(begun.body.url, 'ada');
    await operator.patch(`/admin/v1/distributors/${distributor_id}`, { status: 'suspended' });
    expect(said(await till.post(COMPLETE, { response }))).toEqual([403, 'access_denied']);
    expect(said(await till.post(BEGIN, { code }))).toEqual([403, 'access_denied']);
    await operator.patch(`/admin/v1/distributors/${distributor_id}`, { status: 'active' });
  });

  it('is for the people of the operator too, at a provider of its own', { tags: 'long' }, async () => {
    const roles = [{ value: 'staff', role: 'operator_support' }];
    const own = await operator.put('/admin/v1/sign-on', { ...settingsOf(provider.issuer), roles });
    expect(own.body.code).not.toBe(code);
    await provider.plant('dora', { email: 'dora@operator.example', groups: 'staff' });
    expect((await signOnAs(browser(), own.body.code, 'dora')).body).toMatchObject({ role: 'operator_support' });
    expect(said(await signOnAs(browser(), code, 'dora'))).toEqual([403, 'sign_on_no_role']);
    const wrong = await operator.put('/admin/v1/sign-on', settingsOf(provider.issuer));
    expect(said(wrong)).toEqual([400, 'invalid_body_field']);
    expect((await operator.delete('/admin/v1/sign-on')).body).toEqual({ status: 'removed' });
    expect(said(await operator.get('/admin/v1/sign-on'))).toEqual([404, 'not_found']);
    expect(said(await browser().post(BEGIN, { code: own.body.code }))).toEqual([404, 'not_found']);
  });

  it('is at one issuer, which is the one that is set', { tags: 'long' }, async () => {
    await set({ issuer: `${provider.issuer}/.well-known/openid-configuration` });
    expect(said(await browser().post(BEGIN, { code }))).toEqual([403, 'sign_on_untrusted']);
    await set();
    expect(said(await browser().post(BEGIN, { code }))).toEqual([200, undefined]);
  });

  it('is at public addresses only, but for those that the operator names', { tags: 'long' }, async () => {
    for (const issuer of ['https://10.0.0.1', 'https://localhost/realms/shop']) {
      expect(said(await set({ issuer }))).toEqual([400, 'invalid_body_field']);
    }
  });
});
