import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  type Access,
  CSRF_HEADER,
  EXAMPLE_CODE,
  EXAMPLE_EMAIL,
  EXAMPLE_IDS,
  EXAMPLE_LINK_TOKEN,
  EXAMPLE_PASSWORD,
  EXAMPLE_RECEIPT,
  EXAMPLE_SIM_SERIAL,
  OPERATIONS,
  openApiDocument,
} from '@opentopup/contract';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Browser, linkToken, openBrowser, signInAs } from '../support/browser.ts';
import { description, faultsAt, faultsOfAnswer } from '../support/description.ts';
import { exampleRequest } from '../support/example-request.ts';
import { about, exchange, type RawRequest } from '../support/exchange.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const root = join(import.meta.dirname, '../../../..');
const { version } = JSON.parse(readFileSync(join(root, 'packages/server/package.json'), 'utf8')) as { version: string };

describe('the description of the API', () => {
  it('is kept in docs/openapi.json as it is made now: `npm run openapi` renews it', () => {
    const kept = readFileSync(join(root, 'docs/openapi.json'), 'utf8');
    expect(kept).toBe(`${JSON.stringify(openApiDocument({ version }), null, 2)}\n`);
  });

  it('has examples that another validator finds valid too, the references within followed', () => {
    const examples = OPERATIONS.flatMap(({ path, method }) => {
      const at = ['paths', path, method.toLowerCase()];
      const operation = description.paths[path][method.toLowerCase()];
      const contents = [
        [[...at, 'requestBody'], operation.requestBody],
        ...Object.entries<any>(operation.responses).map(([status, answer]) => [[...at, 'responses', status], answer]),
      ] as [string[], any][];
      return contents.flatMap(([keys, part]) =>
        Object.entries<any>(part?.content ?? {})
          .filter(([, { example }]) => example !== undefined)
          .map(([type, { example }]) => ({ keys: [...keys, 'content', type, 'schema'], example })),
      );
    });
    expect(examples.length).toBeGreaterThan(OPERATIONS.length);
    expect(examples.flatMap(({ keys, example }) => faultsAt(keys, example))).toEqual([]);
  });
});

describe('the server', () => {
  let world: DemoPlace;
  let server: RunningServer;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    server = await world.start();
  });
  afterAll(() => world.remove());

  it('shows the description to everybody, and once to those who keep it', async () => {
    const first = await fetch(`${server.baseUrl}/openapi.json`);
    expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
    expect(await first.json()).toEqual(openApiDocument({ version }));
    const again = await fetch(`${server.baseUrl}/openapi.json`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('says where it is described', () => {
    expect(server.output()).toContain(`Its API is described at ${server.baseUrl}/docs`);
  });

  it('shows it as a page that needs nothing else, with a way back, in the language of whoever looks', async () => {
    const headers = { 'accept-language': 'fr-FR,fr;q=0.9', 'accept-encoding': 'gzip' };
    const page = await fetch(`${server.baseUrl}/docs`, { headers });
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const html = await page.text();
    expect(html).toMatch(/<html lang="fr">.*<a href="\/">Vers la console<\/a>.*href="\?language=en"/s);
    expect(html).not.toMatch(/<script|<link|<img| src=|url\(/);
    expect(await (await fetch(`${server.baseUrl}/docs?language=en`, { headers })).text()).toContain('<html lang="en">');
    for (const { id } of OPERATIONS) expect(html).toContain(`id="${id}"`);
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !html.includes(` id="${id}"`))).toEqual([]);
    expect(gzipSync(html, { level: 1 }).length).toBeLessThan(1_000_000);
  });
});

describe.each(ENGINES)('every example request on %s', { tags: 'long' }, (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let credentials: Record<Access | 'sandbox' | 'agent', Record<string, string>>;
  /** Real things in place of those that the examples are about. */
  const real = new Map<string, string>();

  /** The same for agents, who sell in the sandbox. */
  const ofAgents = new Map<string, string>();

  const send = (request: RawRequest, access: keyof typeof credentials, things = real) =>
    exchange(server, about({ ...request, headers: { ...request.headers, ...credentials[access] } }, things));
  const setUpAgent = async (): Promise<void> => {
    ofAgents.set(EXAMPLE_IDS.offer, world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id ?? '');
    const { client_id, client_secret } = (await send(exampleRequest('createAgent'), 'sandbox', ofAgents)).body;
    ofAgents.set(EXAMPLE_IDS.agent, client_id);
    credentials.agent = { authorization: `Bearer ${(await rawSignIn(server, { client_id, client_secret })).token}` };
    const preview = (await send(exampleRequest('previewSale'), 'agent', ofAgents)).body;
    ofAgents.set(EXAMPLE_IDS.preview, preview.id);
    ofAgents.set('shown-this-once', preview.token);
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY });
    shop = await rawSignIn(server, world.demo);
    const other = await rawSignIn(server, world.demo.other);
    const basic = Buffer.from(`${world.demo.client_id}:${world.demo.client_secret}`).toString('base64');
    credentials = {
      public: {},
      client: { authorization: `Basic ${basic}` },
      distributor: { authorization: `Bearer ${shop.token}` },
      sandbox: { authorization: `Bearer ${(await rawSignIn(server, world.demo.sandbox)).token}` },
      operator: { authorization: `Bearer ${world.demo.admin_token}` },
      account: {},
      supplier: {},
      agent: {},
    };

    const offer = (await shop.get(`/distributors/offers/${world.offer('msisdn')}`)).body;
    const [, claims = ''] = other.token.split('.');
    real.set(EXAMPLE_IDS.offer, offer.id);
    real.set(EXAMPLE_IDS.sandboxClient, world.demo.sandbox.client_id);
    real.set(EXAMPLE_IDS.product, offer.product.id);
    await send(exampleRequest('setOfferRoute'), 'operator');
    // What the operator does to a distributor is done to one that nothing else here needs.
    real.set(EXAMPLE_IDS.distributor, JSON.parse(Buffer.from(claims, 'base64url').toString()).distributor_id);
    real.set(EXAMPLE_IDS.transaction, (await send(exampleRequest('createTransaction'), 'distributor')).body.id);
    const proof = await shop.get(`/v1/transactions/${real.get(EXAMPLE_IDS.transaction)}/receipt-proof`);
    real.set(EXAMPLE_RECEIPT, proof.body.code);
    real.set(EXAMPLE_IDS.pending, (await shop.sell(offer.id, { msisdn: '0684587009' })).body.id);

    const sell = async (): Promise<string> => (await shop.sell(offer.id, { msisdn: '0684587588' })).body.id;
    const wish = { reason: 'mistake', justification: 'Sold twice' };
    real.set(EXAMPLE_IDS.mistake, await sell());
    real.set(
      EXAMPLE_IDS.reversal,
      (await shop.post(`/v1/transactions/${await sell()}/reversal-requests`, wish)).body.id,
    );
    real.set(EXAMPLE_IDS.refill, (await send(exampleRequest('orderRefill'), 'distributor')).body.id);
    const unwanted = { offer_id: world.offer('small'), units: 5, reference: 'PO-7' };
    real.set(EXAMPLE_IDS.withdrawal, (await shop.post('/v1/refill-orders', unwanted)).body.id);
    const waiting = { on_empty: 'park', park_until: new Date(Date.now() + 3_600_000).toISOString() };
    const parked = { offer_id: world.offer('empty'), parameters: { msisdn: '0684587589' }, ...waiting };
    real.set(EXAMPLE_IDS.parked, (await shop.post('/distributors/transactions', parked)).body.id);
    real.set(EXAMPLE_IDS.dispute, (await send(exampleRequest('createOwnDisputeLink'), 'distributor')).body.id);
    real.set(EXAMPLE_IDS.alert, (await shop.post('/v1/alerts', { units: 5 })).body.id);
    const offers = (await shop.get('/distributors/offers')).body as { id: string; product: { type: string } }[];
    const esim = offers.find(({ product }) => product.type === 'eSim');
    await send(exampleRequest('setDistributorKey'), 'distributor');
    await send(exampleRequest('setEsimHolder'), 'distributor');
    const webhook = (await send(exampleRequest('createWebhook'), 'distributor')).body.id;
    real.set(EXAMPLE_IDS.webhook, webhook);
    real.set(EXAMPLE_IDS.event, (await send(exampleRequest('testWebhook'), 'distributor')).body.event_id);
    // Whoever asks about a SIM has sold something to it.
    await shop.sell(world.offer('simId'), { simId: EXAMPLE_SIM_SERIAL });
    real.set(EXAMPLE_IDS.esim, (await shop.post('/distributors/transactions', { offer_id: esim?.id })).body.id);
    await setUpAgent();
    real.set(EXAMPLE_IDS.request, (await shop.post('/distributors/transactions', {})).body.request_id);
    // What was asked is written down a moment later.
    await vi.waitUntil(async () => (await send(exampleRequest('getRequest'), 'distributor')).status === 200, {
      timeout: 60_000,
      interval: 100,
    });
  });
  afterAll(() => world.remove());

  /** Somebody of the shop, who has just chosen a password. */
  let hired: { browser: Browser; email: string } | null = null;
  const invite = async (address: string): Promise<{ account: { id: string }; token: string }> => {
    const { body } = await shop.post('/v1/staff', { email: address, role: 'seller' });
    return { account: body.account, token: linkToken(body.link) };
  };
  const hire = async (): Promise<{ browser: Browser; email: string }> => {
    const email = `${randomUUID()}@staff.example`;
    const { account, token } = await invite(email);
    await openBrowser(server).post('/accounts/v1/passwords', { token, password: EXAMPLE_PASSWORD });
    real.set(EXAMPLE_IDS.account, account.id);
    const browser = await signInAs(server, { email, password: EXAMPLE_PASSWORD });
    real.set(EXAMPLE_IDS.session, (await browser.get('/accounts/v1/session')).body.session_id);
    credentials.account = { cookie: browser.cookies(), [CSRF_HEADER]: '1' };
    return { browser, email };
  };
  const enrol = async (browser: Browser): Promise<string> => {
    const { secret } = (await browser.post('/accounts/v1/factor', { password: EXAMPLE_PASSWORD })).body;
    real.set(EXAMPLE_CODE, new TOTP({ secret: Secret.fromBase32(secret) }).generate());
    return real.get(EXAMPLE_CODE) as string;
  };
  /** What has to be there for an example to be served. */
  const PREPARE: Readonly<Record<string, (browser: Browser) => Promise<unknown>>> = {
    inviteStaff: async () => real.set(EXAMPLE_EMAIL, `${randomUUID()}@staff.example`),
    inviteAccount: async () => real.set(EXAMPLE_EMAIL, `${randomUUID()}@staff.example`),
    getOwnSignOn: () => send(exampleRequest('setOwnSignOn'), 'distributor'),
    getSignOn: () => send(exampleRequest('setSignOn'), 'operator'),
    confirmFactor: enrol,
    removeFactor: async (browser) => {
      const code = await enrol(browser);
      const { body } = await browser.post('/accounts/v1/factor/confirmations', { code });
      real.set(EXAMPLE_CODE, body.recovery_codes[0]);
      credentials.account = { cookie: browser.cookies(), [CSRF_HEADER]: '1' };
    },
  };
  const CHANGES = new Set([
    'changeAccount',
    'changePassword',
    'changeStaff',
    'confirmFactor',
    'enrolFactor',
    'removeAccount',
    'removeFactor',
    'removeStaff',
    'revokeOtherSessions',
    'revokeSession',
    'signIn',
    'signOut',
    'useLink',
  ]);
  const clientFor = async (tag: string): Promise<string> =>
    tag === 'Own clients'
      ? (await shop.post('/v1/credentials', { name: 'Till' })).body.client_id
      : world.demo.other.client_id;

  // What suppliers send they have to prove, each in its own way: no example can. And the demo's have no catalogue.
  const WITHOUT_CATALOGUE = [
    'importSupplierProducts',
    'listSupplierPromotions',
    'readSupplierCatalogue',
    'readSupplierBalance',
  ];
  // No month of theirs is over; statements.test.ts has one that is.
  const WITHOUT_STATEMENT = ['closeStatement', 'getOwnStatement', 'getStatement'];
  // Their suppliers have no books that can be listed; reconciliation.test.ts has one that does.
  const WITHOUT_BOOKS = [
    'changeReconciliationCase',
    'compareBooksFile',
    'createReconciliation',
    'endReconciliationCase',
    'getBooksMapping',
    'getReconciliation',
    'getReconciliationCase',
  ];
  // There is no mail server; proofs.test.ts has one.
  const WITHOUT_MAIL = ['sendReceipt'];
  // There is no sign-in provider; sign-on.test.ts has one.
  const WITHOUT_PROVIDER = ['beginSignOn', 'beginSignOnLink', 'completeSignOn'];
  // There is no browser with a device, and no name for which passkeys could be; console-passkeys.test.ts has both.
  const WITHOUT_DEVICE = ['addPasskey', 'beginPasskey', 'beginPasskeySignIn', 'removePasskey', 'signInWithPasskey'];
  const BY_AGENTS = ['getOwnAgent', 'previewSale', 'confirmSale'];
  const unprovable = [
    ...WITHOUT_DEVICE,
    ...WITHOUT_PROVIDER,
    ...WITHOUT_MAIL,
    ...WITHOUT_CATALOGUE,
    ...WITHOUT_STATEMENT,
    ...WITHOUT_BOOKS,
  ];
  const provable = OPERATIONS.filter(({ id, access }) => access !== 'supplier' && !unprovable.includes(id));
  it.each(provable)('of $id is answered as the description says', async ({ id, path, tag, access, answers }) => {
    if (['Accounts', 'Staff', 'All accounts', 'Own clients'].includes(tag)) {
      hired ??= await hire();
      real.set(EXAMPLE_EMAIL, hired.email);
      real.set(EXAMPLE_LINK_TOKEN, (await invite(`${randomUUID()}@staff.example`)).token);
      await PREPARE[id]?.(hired.browser);
      // A password costs half a second of processor: only whoever is changed by an example is replaced after it.
      if (CHANGES.has(id)) hired = null;
    }
    real.set(EXAMPLE_IDS.client, await clientFor(tag));
    const answer =
      tag === 'Agents'
        ? await send(exampleRequest(id), BY_AGENTS.includes(id) ? 'agent' : 'sandbox', ofAgents)
        : await send(exampleRequest(id), path.startsWith('/v1/sandbox/') ? 'sandbox' : access);
    expect([answer.status, answer.body]).toEqual([expect.toBeOneOf(Object.keys(answers).map(Number)), answer.body]);
    if (answer.headers.get('content-type') === 'text/event-stream') return;
    expect(faultsOfAnswer(id, answer)).toEqual([]);
  });
});
