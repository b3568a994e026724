import { generateKeyPairSync } from 'node:crypto';
import { BASES, EXAMPLE_IDS, isWire, OPERATIONS, type Operation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { exampleRequest } from '../support/example-request.ts';
import { about, exchange, type RawRequest } from '../support/exchange.ts';
import { createOldWorld } from '../support/old-world.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const { offer, transaction, esim, webhook, event, alert } = EXAMPLE_IDS;
/** Stands for the user_id of the owner's sale, as the ids of examples stand for the owner's things. */
const USER = 'user-of-the-owner';

const EXAMPLE = [undefined];
/** It names nothing that anybody has. */
const NOTHING: readonly undefined[] = [];
const FILTERS = [undefined, `offer=${offer}`, `user=${USER}`, 'status=ok', 'startDate=2020-01-01'];
const SIMS = [undefined, `transaction=${transaction}`, `transaction=${esim}`];

/**
 * What is asked of each operation of distributors about the things of another one: its example, with these queries in
 * place of the example's. An operation that is not here fails the first test.
 */
const QUERIES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  getCountryList: EXAMPLE,
  getCurrencyList: EXAMPLE,
  getDistributorOfferList: EXAMPLE,
  getDistributorOffer: EXAMPLE,
  changeDistributorOfferEditableParameters: EXAMPLE,
  createTransaction: EXAMPLE,
  getDistributorTransactionList: [...FILTERS, `cursor=${transaction}`],
  getDistributorTransactionCount: FILTERS,
  getDistributorTransactionDetail: EXAMPLE,
  getAvailableSupplierList: EXAMPLE,
  getSimStatus: SIMS,
  getUsageBalance: SIMS,
  lookupNumber: EXAMPLE,
  getGlobalBalance: EXAMPLE,
  getDistributorKey: EXAMPLE,
  setDistributorKey: EXAMPLE,
  listOfferPrices: EXAMPLE,
  listParkedOrders: [undefined, `offer=${offer}`, 'status=waiting'],
  getParkedOrder: EXAMPLE,
  cancelParkedOrder: EXAMPLE,
  listOwnAttempts: EXAMPLE,
  getTransactionTotals: FILTERS,
  requestReversal: EXAMPLE,
  listOwnReversalRequests: [undefined, 'status=open'],
  listOwnStatements: EXAMPLE,
  getOwnStatement: EXAMPLE,
  getStatementSettings: EXAMPLE,
  changeStatementSettings: EXAMPLE,
  getReceiptProof: EXAMPLE,
  sendReceipt: EXAMPLE,
  findReceipt: EXAMPLE,
  getReceiptSettings: EXAMPLE,
  setReceiptSettings: EXAMPLE,
  createOwnDisputeLink: NOTHING,
  listOwnDisputeLinks: EXAMPLE,
  revokeOwnDisputeLink: EXAMPLE,
  orderRefill: EXAMPLE,
  withdrawRefillOrder: EXAMPLE,
  listOwnRefillOrders: [undefined, 'status=open'],
  getOfferStock: [undefined, 'step=hour&from=2026-11-20'],
  listStock: [undefined, 'level=ok'],
  // What it counts comes within seconds, so its example looks back; overview.test.ts looks at today.
  getOverview: EXAMPLE,
  listAlerts: EXAMPLE,
  createAlert: EXAMPLE,
  getAlert: EXAMPLE,
  changeAlert: EXAMPLE,
  testAlert: EXAMPLE,
  deleteAlert: EXAMPLE,
  listCustomerMessages: [undefined, 'language=fr'],
  setCustomerMessage: EXAMPLE,
  removeCustomerMessage: EXAMPLE,
  getSettings: EXAMPLE,
  changeSettings: EXAMPLE,
  getEsimHolder: EXAMPLE,
  setEsimHolder: EXAMPLE,
  showEsim: EXAMPLE,
  listIdentifications: EXAMPLE,
  remindOfIdentification: EXAMPLE,
  listSimulatorNumbers: EXAMPLE,
  listStaff: EXAMPLE,
  inviteStaff: NOTHING,
  changeStaff: EXAMPLE,
  removeStaff: EXAMPLE,
  createStaffLink: EXAMPLE,
  getOwnSignOn: EXAMPLE,
  // It names nothing of anybody's.
  setOwnSignOn: NOTHING,
  removeOwnSignOn: EXAMPLE,
  listOwnCredentials: EXAMPLE,
  createOwnCredential: NOTHING,
  rotateOwnCredential: EXAMPLE,
  revokeOwnCredential: EXAMPLE,
  // Whoever asks is noted there itself, so the lists are asked of one client.
  listRequests: [`client_id=${EXAMPLE_IDS.client}`],
  getRequest: EXAMPLE,
  listRefusalGroups: [`client_id=${EXAMPLE_IDS.client}`],
  listAgents: EXAMPLE,
  createAgent: NOTHING,
  changeAgent: EXAMPLE,
  getOwnAgent: EXAMPLE,
  previewSale: EXAMPLE,
  listSalePreviews: [undefined, 'status=waiting'],
  decideSalePreview: EXAMPLE,
  confirmSale: EXAMPLE,
  listEvents: [undefined, 'order=newest', `cursor=${event}`, `order=newest&cursor=${event}`],
  streamEvents: EXAMPLE,
  // They name nothing of anybody's, and make another one each time.
  createWebhook: [],
  triggerEvent: [],
  getSandboxClock: [],
  moveSandboxClock: [],
  // Only a sandbox has chaos; chaos.test.ts asks for that of another one, and live.
  listChaos: [],
  setChaos: [],
  endChaos: [],
  listChaosEffects: [],
  listWebhooks: EXAMPLE,
  getWebhook: EXAMPLE,
  changeWebhook: EXAMPLE,
  rotateWebhook: EXAMPLE,
  testWebhook: EXAMPLE,
  listDeliveries: [undefined, 'status=pending'],
  getDelivery: EXAMPLE,
  resendDelivery: EXAMPLE,
  deleteWebhook: EXAMPLE,
};

const OF_DISTRIBUTORS = OPERATIONS.filter(({ access }) => access === 'distributor');
const OF_THE_OPERATOR = OPERATIONS.filter(({ access }) => access === 'operator');

/** What suppliers tell goes on changing by itself. */
const asksSupplier = ({ reasons = [] }: Operation): boolean => reasons.includes('supplier_silent');

/** Like a thing's id, or another name of it, and made in the same moment; but nobody has it. */
const nobodys = (id: string): string => id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));

/** What notes that it is asked is another afterwards. */
const notesItself = ({ tag }: Operation): boolean => tag === 'Own requests';

const withToken = ({ headers, ...request }: RawRequest, token: string): RawRequest => ({
  ...request,
  headers: { ...headers, authorization: `Bearer ${token}` },
});
const below = (base: string, { path, ...request }: RawRequest): RawRequest => ({ ...request, path: base + path });

it('every operation of distributors is looked at', () => {
  expect(Object.keys(QUERIES).toSorted()).toEqual(OF_DISTRIBUTORS.map(({ id }) => id).toSorted());
});

describe.each(ENGINES)('on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  const tokens = { demo: '', other: '', sandbox: '' };

  beforeAll(async () => {
    world = await createOldWorld(engine);
    server = await world.start({ SEALING_KEY });
    tokens.demo = (await rawSignIn(server, world.demo)).token;
    tokens.other = (await rawSignIn(server, world.demo.other)).token;
    tokens.sandbox = (await rawSignIn(server, world.demo.sandbox)).token;
  });
  afterAll(() => world.remove());

  describe.each([
    { owner: 'demo', stranger: 'other', base: '', digits: '684587587' },
    { owner: 'sandbox', stranger: 'demo', base: '/travel-b2b-sandbox/v1', digits: '684587588' },
  ] as const)('what is of $owner is nothing to $stranger:', ({ owner, stranger, base, digits }) => {
    /** The owner's things, in place of those that the examples are about; and things that nobody has. */
    const owned = new Map<string, string>();
    const strange = new Map<string, string>();
    /** What the stranger may not be told, unless it has said so itself. */
    const secrets: string[] = [digits];
    let before: unknown[];

    const asOwner = (request: RawRequest): Promise<Answer> =>
      exchange(server, withToken(below(base, request), tokens[owner]));
    const asStranger = (request: RawRequest): Promise<Answer> => exchange(server, withToken(request, tokens[stranger]));

    /** All that the owner can read. */
    const belongings = async (): Promise<unknown[]> => {
      const reads = OF_DISTRIBUTORS.filter(
        (each) => each.method === 'GET' && !asksSupplier(each) && !notesItself(each),
      );
      return Promise.all(
        reads.map(async (operation) => {
          const request = withToken(about(exampleRequest(operation.id), owned), tokens[owner]);
          const { status, body } = await exchange(server, isWire(operation) ? below(base, request) : request);
          return [operation.id, status, { ...body, request_id: null }];
        }),
      );
    };

    beforeAll(async () => {
      const [, claims = ''] = tokens[owner].split('.');
      const { distributor_id } = JSON.parse(Buffer.from(claims, 'base64url').toString());
      const { body: offers } = await asOwner(exampleRequest('getDistributorOfferList'));
      const { offers: known } = owner === 'sandbox' ? world.demo.sandbox : world.demo;
      owned.set(offer, known.find(({ kind }) => kind === 'msisdn')?.id ?? '');
      owned.set(USER, `user-of-${owner}`);

      const invitation = JSON.stringify({ email: `somebody@${owner}.example`, role: 'seller' });
      const invited = withToken({ ...exampleRequest('inviteStaff'), body: invitation }, tokens[owner]);
      owned.set(EXAMPLE_IDS.account, (await exchange(server, invited)).body.account.id);
      owned.set(EXAMPLE_IDS.client, owner === 'sandbox' ? world.demo.sandbox.client_id : world.demo.client_id);

      const sell = async (order: object): Promise<string> => {
        const body = JSON.stringify({ ...order, user_id: owned.get(USER) });
        return (await asOwner({ ...exampleRequest('createTransaction'), body })).body.id;
      };
      owned.set(transaction, await sell({ offer_id: owned.get(offer), parameters: { msisdn: `0${digits}` } }));
      const line_units_per_day = Number(digits.slice(-6));
      const settings = { ...exampleRequest('changeSettings'), body: JSON.stringify({ line_units_per_day }) };
      await exchange(server, withToken(settings, tokens[owner]));
      secrets.push(String(line_units_per_day));

      const ofAll = { ...exampleRequest('createAlert'), body: JSON.stringify({ units: 5 }) };
      owned.set(alert, (await exchange(server, withToken(ofAll, tokens[owner]))).body.id);
      const units = withToken(about(exampleRequest('orderRefill'), owned), tokens[owner]);
      owned.set(EXAMPLE_IDS.withdrawal, (await exchange(server, units)).body.id);
      const waiting = { on_empty: 'park', park_until: new Date(Date.now() + 3_600_000).toISOString() };
      const soldOut = known.find(({ kind }) => kind === 'empty')?.id;
      const parameters = { msisdn: `0${digits}` };
      owned.set(EXAMPLE_IDS.parked, await sell({ offer_id: soldOut, parameters, ...waiting }));
      const stocks = withToken({ method: 'GET', path: '/v1/stock', headers: {} }, tokens[owner]);
      await vi.waitFor(
        async () => {
          const { body } = await exchange(server, stocks);
          if (body.some((stock: { threshold?: number }) => stock.threshold !== 5))
            throw new Error('not all are watched');
        },
        { timeout: 60_000, interval: 100 },
      );

      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const public_key_value = publicKey.export({ type: 'spki', format: 'pem' }) as string;
      await asOwner({
        ...exampleRequest('setDistributorKey'),
        body: JSON.stringify({ key_type: 'rsa256', public_key_value }),
      });
      // Neither its first line nor its last, which one key in 64 shares.
      secrets.push(...public_key_value.split('\n').slice(2, -3));
      const ofEsim = offers.find(({ product }: { product: { type: string } }) => product.type === 'eSim');
      owned.set(esim, await sell({ offer_id: ofEsim.id }));

      // Paused, so that what is to be sent to it stays as it is.
      const made = await exchange(server, withToken(exampleRequest('createWebhook'), tokens[owner]));
      owned.set(webhook, made.body.id);
      secrets.push(made.body.secret);
      const ofWebhook = (id: string): RawRequest => withToken(about(exampleRequest(id), owned), tokens[owner]);
      await exchange(server, ofWebhook('changeWebhook'));
      const { event_id } = (await exchange(server, ofWebhook('testWebhook'))).body;
      owned.set(event, event_id);
      // Events are listed once no older transaction of the database is open.
      await vi.waitFor(
        async () => {
          const newest = { ...exampleRequest('listEvents'), path: '/v1/events?order=newest' };
          const { body: events } = await exchange(server, withToken(newest, tokens[owner]));
          if (!events.some(({ id }: { id: string }) => id === event_id)) throw new Error('not listed yet');
        },
        { timeout: 60_000, interval: 50 },
      );
      const refused = await asOwner({ ...exampleRequest('createTransaction'), body: '{}' });
      owned.set(EXAMPLE_IDS.request, refused.body.request_id);
      const noted = withToken(about(exampleRequest('getRequest'), owned), tokens[owner]);
      await vi.waitUntil(async () => (await exchange(server, noted)).status === 200, { timeout: 60_000, interval: 50 });
      for (const [from, to] of owned) strange.set(from, nobodys(to));
      secrets.push(distributor_id, ...owned.values(), ...offers.map(({ id }: { id: string }) => id));
      before = await belongings();
    });

    it.each(OF_DISTRIBUTORS)('$id', async (operation) => {
      const { id } = operation;
      for (const query of QUERIES[id] ?? []) {
        const example = exampleRequest(id);
        const [path] = example.path.split('?');
        const request = query === undefined ? example : { ...example, path: `${path}?${query}` };
        const answers = [owned, strange].map(async (things) => {
          const asked = about(request, things);
          const { status, body } = await asStranger(asked);
          const told = JSON.stringify({ ...body, request_id: null });
          const leaked = secrets.filter((secret) => told.includes(secret) && !JSON.stringify(asked).includes(secret));
          const inGeneral = [...things].reduce((text, [general, thing]) => text.replaceAll(thing, general), told);
          const lasting = asksSupplier(operation) ? inGeneral.replaceAll(/\d+\.\d+/g, '…') : inGeneral;
          return { status, told: lasting, leaked };
        });
        const [theirs, nobody] = await Promise.all(answers);
        expect(theirs).toEqual({ ...nobody, leaked: [] });
      }
    });

    it('and all of it is as it was', async () => {
      expect(await belongings()).toEqual(before);
    });
  });

  describe('nobody gets in', () => {
    const broken = (): [string, Record<string, string>, number][] => [
      ['no token', {}, 40],
      ['no such token', { authorization: 'Bearer x' }, 41],
      ['a token with another end', { authorization: `Bearer ${tokens.demo.slice(0, -4)}AAAA` }, 41],
      ['a client’s id and secret', { authorization: `Basic ${Buffer.from('demo:x').toString('base64')}` }, 41],
    ];
    /** How somebody with these headers is answered, below each base that an operation has. */
    const answersTo = async (operation: Operation, headers: Record<string, string>): Promise<[number, number][]> => {
      const prefixes = isWire(operation) ? BASES.map(({ prefix }) => prefix) : [''];
      const example = exampleRequest(operation.id);
      const answers = prefixes.map((prefix) =>
        exchange(server, below(prefix, { ...example, headers: { ...example.headers, ...headers } })),
      );
      return (await Promise.all(answers)).map(({ status, body }) => [status, body.code]);
    };

    it.each(OF_DISTRIBUTORS)('to $id without a token that counts', async (operation) => {
      const { admin_token } = world.demo;
      for (const [, headers, code] of [
        ...broken(),
        ['the operator’s token', { authorization: `Bearer ${admin_token}` }, 41] as const,
      ]) {
        for (const answer of await answersTo(operation, headers)) expect(answer).toEqual([401, code]);
      }
    });

    it.each(OF_DISTRIBUTORS.filter(isWire))('to $id with a token of the other world', async (operation) => {
      const worlds = BASES.map((base) => base.world);
      for (const [token, own] of [
        [tokens.demo, 'live'],
        [tokens.sandbox, 'sandbox'],
      ] as const) {
        const answers = await answersTo(operation, { authorization: `Bearer ${token}` });
        const refused = answers.map(([status, code]) => status === 403 && code === 50);
        expect(refused).toEqual(worlds.map((each) => each !== own));
      }
    });

    it.each(OF_THE_OPERATOR)('to $id but the operator', async (operation) => {
      for (const [, headers, code] of [
        ...broken(),
        ['a distributor’s token', { authorization: `Bearer ${tokens.demo}` }, 41] as const,
        ['a token of the sandbox', { authorization: `Bearer ${tokens.sandbox}` }, 41] as const,
      ]) {
        expect(await answersTo(operation, headers)).toEqual([[401, code]]);
      }
    });
  });
});
