import { randomBytes } from 'node:crypto';
import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedFor } from '../../src/catalogue/suppliers/supplier-access.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { type Answer, callerWith, operatorOf, PATIENT, type PathCaller, signInClient } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, ENGINES, type Place, type RunningServer } from '../support/server.ts';
import { made, PRODUCT, type Shop, setUpShop } from '../support/shop.ts';

const NOBODY = '01890000-0000-7000-8000-000000000000';
const KEY = randomBytes(32);
const LINE = { msisdn: '0684587587' };

describe.each(ENGINES)('the operator on %s', (engine) => {
  let place: Place;
  let server: RunningServer;
  let operator: PathCaller;
  let shop: Shop;
  /** Has the secret `token`, which is `three`. */
  let secretSupplier: string;

  beforeAll(async () => {
    place = await createEmptyPlace(engine);
    server = await place.start({ SEALING_KEY: KEY.toString('base64') });
    operator = callerWith(server, ADMIN_TOKEN);
    shop = await setUpShop(operator, 'Airport shop', 50);
  });
  afterAll(() => place.remove());

  const get = async (path: string): Promise<any> => {
    const { status, body } = await operator.get(`/admin/v1${path}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const post = (path: string, body: unknown): Promise<Answer> => operator.post(`/admin/v1${path}`, body);
  const patch = (path: string, body: unknown): Promise<Answer> => operator.patch(`/admin/v1${path}`, body);
  const newOffer = async (resell_value = 7.92): Promise<any> =>
    made(await post('/offers', { ...idsOf(shop), name: 'Ten', resell_value }));
  const statuses = (answers: Answer[]): number[] => answers.map(({ status }) => status).toSorted((a, b) => a - b);
  const idsOf = ({ distributor_id, product_id }: Shop) => ({ distributor_id, product_id });

  it('brings a distributor from nothing to its first sale', async () => {
    const till = await signInClient(server, shop.client);
    const sale = await till.sell(shop.offer_id, LINE);
    expect([sale.status, sale.body.status, sale.body.resell_value]).toEqual([201, 'ok', 7.92]);
    expect(await till.stock(shop.offer_id)).toBe(49);

    const offer = await get(`/offers/${shop.offer_id}`);
    expect(offer).toMatchObject({ ...idsOf(shop), version: 1, currency: 'EUR', resell_value: 7.92, tags: [] });
    expect(offer.bucket).toEqual({ granted: 50, available: 49, held: 0, sold: 1 });
    expect(await get(`/offers/${shop.offer_id}/movements`)).toMatchObject([
      { seq: 3, kind: 'sell', units: 1, transaction_id: sale.body.id },
      { seq: 2, kind: 'hold', units: 1, transaction_id: sale.body.id },
      { seq: 1, kind: 'grant', units: 50, reference: 'PO-1', justification: 'First order' },
    ]);
    expect(await get(`/offers/${shop.offer_id}/movements?limit=1&offset=2`)).toMatchObject([{ seq: 1 }]);
    expect(await get(`/transactions/${sale.body.id}`)).toMatchObject({
      ...sale.body,
      distributor_id: shop.distributor_id,
      distributor_name: 'Airport shop',
      supplier_id: shop.supplier_id,
      supplier_reference: `sim-${sale.body.id}`,
    });
  });

  describe('the audit trail', () => {
    const entries = (query = ''): Promise<any[]> => get(`/audit?limit=1000${query}`);

    /** Every operation that changes something, what it is called in the trail, and whom it names. */
    type Doing = () => Promise<{ answer: Answer; action: string; subject: string }>;
    let invited = '';
    const doings: Record<string, Doing> = {
      createDistributor: async () => {
        const answer = await post('/distributors', { name: 'Station shop' });
        return { answer, action: 'distributor.created', subject: answer.body.id };
      },
      changeDistributor: async () => {
        const answer = await patch(`/distributors/${shop.distributor_id}`, { name: 'Airport shop 1' });
        return { answer, action: 'distributor.changed', subject: shop.distributor_id };
      },
      createCredential: async () => {
        const answer = await post(`/distributors/${shop.distributor_id}/credentials`, { name: 'Till 2' });
        return { answer, action: 'credential.created', subject: answer.body.client_id };
      },
      changeCredential: async () => {
        const answer = await patch(`/credentials/${shop.client.client_id}`, { requests_per_minute: 60 });
        return { answer, action: 'credential.changed', subject: shop.client.client_id };
      },
      rotateCredential: async () => {
        const answer = await post(`/credentials/${shop.client.client_id}/rotations`, {});
        return { answer, action: 'credential.rotated', subject: shop.client.client_id };
      },
      revokeCredential: async () => {
        const { client_id } = made(
          await post(`/distributors/${shop.distributor_id}/credentials`, { name: 'Old till' }),
        );
        const answer = await operator.delete(`/admin/v1/credentials/${client_id}`);
        return { answer, action: 'credential.revoked', subject: client_id };
      },
      createSupplier: async () => {
        const answer = await post('/suppliers', { name: 'S', country: 'ES', secrets: { password: 'hidden-1' } });
        return { answer, action: 'supplier.created', subject: answer.body.id };
      },
      changeSupplier: async () => {
        const answer = await patch(`/suppliers/${shop.supplier_id}`, { secrets: { password: 'hidden-2' } });
        return { answer, action: 'supplier.changed', subject: shop.supplier_id };
      },
      createProduct: async () => {
        const answer = await post('/products', { ...PRODUCT, supplier_id: shop.supplier_id });
        return { answer, action: 'product.created', subject: answer.body.id };
      },
      changeProduct: async () => {
        const answer = await patch(`/products/${shop.product_id}`, { tags: ['new'] });
        return { answer, action: 'product.changed', subject: shop.product_id };
      },
      createOffer: async () => {
        const answer = await post('/offers', { ...idsOf(shop), name: 'Ten', resell_value: 8 });
        return { answer, action: 'offer.created', subject: answer.body.id };
      },
      changeOffer: async () => {
        const answer = await patch(`/offers/${shop.offer_id}`, { resell_value: 8.01 });
        return { answer, action: 'offer.changed', subject: shop.offer_id };
      },
      setOfferRoute: async () => {
        const route = { strategy: 'order', products: [{ product_id: shop.product_id }] };
        const answer = await operator.put(`/admin/v1/offers/${shop.offer_id}/route`, route);
        return { answer, action: 'offer.changed', subject: shop.offer_id };
      },
      removeOfferRoute: async () => {
        const answer = await operator.delete(`/admin/v1/offers/${shop.offer_id}/route`);
        return { answer, action: 'offer.changed', subject: shop.offer_id };
      },
      importCsv: async () => {
        const csv = `offer_id,units,reference,justification\n${shop.offer_id},1,CSV-1,Order\n`;
        const answer = await operator.post('/admin/v1/imports/grants', csv);
        return { answer, action: 'stock.granted', subject: shop.offer_id };
      },
      changeDistributorSettings: async () => {
        const answer = await patch(`/distributors/${shop.distributor_id}/settings`, { line_units_per_day: 1_000 });
        return { answer, action: 'settings.changed', subject: shop.distributor_id };
      },
      createGrant: async () => {
        const grant = { units: 5, reference: 'PO-2', justification: 'Order' };
        const answer = await post(`/offers/${shop.offer_id}/grants`, grant);
        return { answer, action: 'stock.granted', subject: shop.offer_id };
      },
      createAdjustment: async () => {
        const adjustment = { units: -2, reference: 'INV-1', justification: 'Stock-taking' };
        const answer = await post(`/offers/${shop.offer_id}/adjustments`, adjustment);
        return { answer, action: 'stock.adjusted', subject: shop.offer_id };
      },
      changeDistributorStatementSettings: async () => {
        const { distributor_id } = shop;
        const answer = await patch(`/distributors/${distributor_id}/statement-settings`, { time_zone: 'Europe/Paris' });
        return { answer, action: 'statement_settings.changed', subject: distributor_id };
      },
      setVatRate: async () => {
        const answer = await post(`/products/${shop.product_id}/vat-rates`, { rate: 20 });
        return { answer, action: 'vat_rate.set', subject: shop.product_id };
      },
      inviteAccount: async () => {
        const invitation = { email: 'ada@shop.example', role: 'seller', distributor_id: shop.distributor_id };
        const answer = await post('/accounts', invitation);
        invited = answer.body.account.id;
        return { answer, action: 'account.invited', subject: invited };
      },
      createAccountLink: async () => {
        const answer = await post(`/accounts/${invited}/links`, {});
        return { answer, action: 'account.link_created', subject: invited };
      },
      changeAccount: async () => {
        const answer = await patch(`/accounts/${invited}`, { role: 'viewer' });
        return { answer, action: 'account.changed', subject: invited };
      },
      removeAccount: async () => {
        const answer = await operator.delete(`/admin/v1/accounts/${invited}`);
        return { answer, action: 'account.removed', subject: invited };
      },
    };
    /** These are tried where they belong. */
    const ELSEWHERE = [
      'beginRecovery',
      'bookRecovery',
      'changeReconciliationCase',
      'closeStatement',
      'compareBooksFile',
      'confirmIdentification',
      'createDisputeLink',
      'createReconciliation',
      'decideRefillOrder',
      'decideReversal',
      'endReconciliationCase',
      'endRecovery',
      'importSupplierProducts',
      'readSupplierBalance',
      'readSupplierCatalogue',
      'removeSignOn',
      'resolveTransaction',
      'reverseTransaction',
      'revokeDisputeLink',
      'rotateDocumentKey',
      'setBooksMapping',
      'setSignOn',
      'claimTransaction',
      'handBackTransaction',
    ];

    it('is tried for every operation that changes something', () => {
      // A replay is asked for by a body, and changes nothing.
      const changing = Object.values(OPERATOR_OPERATIONS).filter(
        ({ id, method }) => method !== 'GET' && id !== 'replaySales',
      );
      expect([...Object.keys(doings), ...ELSEWHERE].toSorted()).toEqual(changing.map(({ id }) => id).toSorted());
    });

    it.each(Object.entries(doings))('has one entry more after %s, of who did what to whom', async (_, act) => {
      const before = (await entries()).length;
      const { answer, action, subject } = await act();
      expect([200, 201]).toContain(answer.status);
      const after = await entries();
      expect(after[0]).toMatchObject({ actor: 'operator', action, subject });
      // A revocation needs a client first.
      expect(after.length - before).toBe(action === 'credential.revoked' ? 2 : 1);
      expect(Date.parse(after[0].date)).toBeGreaterThan(Date.now() - 60_000);
    });

    it('tells how it was and how it is now, in the words of the API', async () => {
      const offer = await newOffer(5);
      await patch(`/offers/${offer.id}`, { name: 'Ten', resell_value: 5.5, expiration_date: '2099-12-31T23:59:59Z' });
      const [changed, created] = await entries(`&subject=${offer.id}`);
      expect(changed).toMatchObject({
        distributor_id: shop.distributor_id,
        details: {
          before: { resell_value: 5, expiration_date: null },
          after: { resell_value: 5.5, expiration_date: '2099-12-31T23:59:59Z' },
        },
      });
      expect(created.details).toEqual({ after: { ...idsOf(shop), name: 'Ten', resell_value: 5 } });

      await post(`/offers/${offer.id}/grants`, { units: 7, reference: 'A', justification: 'B' });
      const [granted] = await entries(`&subject=${offer.id}&action=stock.granted`);
      expect(granted.details).toMatchObject({
        units: 7,
        reference: 'A',
        before: { granted: 0, available: 0 },
        after: { granted: 7, available: 7 },
      });
    });

    it('does not grow by what changes nothing', async () => {
      const offer = await newOffer();
      const grant = { units: 1, reference: 'X', justification: 'Y' };
      await post(`/offers/${offer.id}/grants`, grant);
      const before = (await entries()).length;
      const again = [
        await patch(`/offers/${offer.id}`, { name: 'Ten', resell_value: 7.92, tags: [], expiration_date: null }),
        await patch(`/products/${shop.product_id}`, { name: PRODUCT.name, status: 'available' }),
        await patch(`/suppliers/${shop.supplier_id}`, { connector: 'simulator', settings: {} }),
        await patch(`/distributors/${shop.distributor_id}`, { status: 'active' }),
        await patch(`/credentials/${shop.client.client_id}`, { name: 'Till 1' }),
        await post(`/offers/${offer.id}/grants`, grant),
        await patch(`/offers/${offer.id}`, { resell_value: 7.999 }),
        await patch(`/offers/${NOBODY}`, { name: 'x' }),
        await post('/distributors', { id: shop.distributor_id, name: 'x' }),
      ];
      expect(again.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 400, 404, 409]);
      expect((await entries()).length).toBe(before);
      expect((await get(`/offers/${offer.id}`)).version).toBe(1);
    });

    it('holds no secrets', async () => {
      const client = made(await post(`/distributors/${shop.distributor_id}/credentials`, { name: 'Till 3' }));
      await post('/suppliers', { name: 'S', country: 'ES', secrets: { password: 'hidden-3' } });
      const trail = JSON.stringify(await entries());
      expect(trail).toContain(client.client_id);
      expect(trail).toContain('password');
      expect(trail).not.toContain(client.client_secret);
      expect(trail).not.toMatch(/hidden-|sha256|secret"/);
    });

    it('can be read by distributor, action and subject, in pages', async () => {
      const all = await entries();
      expect(all.map(({ id }) => id)).toEqual(
        all
          .map(({ id }) => id as string)
          .toSorted()
          .toReversed(),
      );
      const mine = all.filter(({ distributor_id }) => distributor_id === shop.distributor_id);
      expect(await entries(`&distributor=${shop.distributor_id}`)).toEqual(mine);
      const granted = all.filter(({ action }) => action === 'stock.granted');
      expect(await entries('&action=stock.granted')).toEqual(granted);
      expect(await get('/audit?limit=2&offset=1')).toEqual(all.slice(1, 3));
    });
  });

  describe('the catalogue', () => {
    it('takes ids from elsewhere, each once, in any case', async () => {
      const id = '7413E966-C97C-11ED-B80C-FA163E78AA28';
      const bodies = {
        suppliers: { name: 'Orange France', country: 'FR' },
        products: { ...PRODUCT, supplier_id: shop.supplier_id.toUpperCase() },
        distributors: { name: 'From elsewhere', world: 'sandbox' },
        offers: { ...idsOf(shop), name: 'Ten', resell_value: 1 },
      };
      for (const [path, body] of Object.entries(bodies)) {
        expect(made(await post(`/${path}`, { id, ...body }))).toMatchObject({ id: id.toLowerCase(), name: body.name });
        const again = await post(`/${path}`, { id: id.toLowerCase(), ...body });
        expect([again.status, again.body.reason, again.body.code]).toEqual([409, 'id_taken', 24]);
        expect((await get(`/${path}/${id}`)).id).toBe(id.toLowerCase());
      }
    });

    it('of two who give the same id at the same moment one is told that it is taken', async () => {
      const offer = { id: '01890000-0000-7000-8000-00000000000a', ...idsOf(shop), name: 'Ten', resell_value: 1 };
      const answers = await Promise.all([1, 2, 3].map(() => post('/offers', offer)));
      expect(statuses(answers)).toEqual([201, 409, 409]);
    });

    it('keeps every version of an offer, however many change it at once', async () => {
      const offer = await newOffer(1);
      const prices = Array.from({ length: 20 }, (_, i) => (i + 101) / 100);
      // More at once than there are connections to the database: on a busy machine some are told to come again.
      const crowd = operatorOf(server, ADMIN_TOKEN, PATIENT);
      const change = (resell_value: number) => crowd.offers.change(offer.id, { resell_value });
      const changed = await Promise.all(prices.map(change));
      expect(changed.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(prices.map((_, i) => i + 2));
      const last = changed.find(({ version }) => version === 21);
      expect(await get(`/offers/${offer.id}`)).toEqual(last);
      // Each found what the one before had left.
      const trail = (await get(`/audit?subject=${offer.id}&action=offer.changed`)) as { details: any }[];
      expect(trail.slice(0, -1).map(({ details }) => details.before)).toEqual(
        trail.slice(1).map(({ details }) => details.after),
      );
    });

    it('loses no change that is made while another one is', async () => {
      const offer = await newOffer();
      for (let round = 1; round <= 10; round += 1) {
        const changes = [{ name: `Ten ${round}` }, { resell_value: round }, { tags: [`${round}`] }];
        await Promise.all(changes.map((change) => patch(`/offers/${offer.id}`, change)));
        expect(await get(`/offers/${offer.id}`)).toMatchObject(Object.assign({}, ...changes) as object);
      }
    });

    it('counts a version for a new name or price only; a sale keeps the one it was made with', async () => {
      const offer = await newOffer(3);
      await post(`/offers/${offer.id}/grants`, { units: 2, reference: '1', justification: '1' });
      const till = await signInClient(server, shop.client);
      const first = await till.sell(offer.id, LINE);
      expect((await patch(`/offers/${offer.id}`, { tags: ['summer'] })).body.version).toBe(1);
      expect((await patch(`/offers/${offer.id}`, { resell_value: 4, name: 'Summer ten' })).body.version).toBe(2);
      const second = await till.sell(offer.id, LINE);
      expect(await get(`/transactions/${first.body.id}`)).toMatchObject({ offer_name: 'Ten', resell_value: 3 });
      expect(await get(`/transactions/${second.body.id}`)).toMatchObject({ offer_name: 'Summer ten', resell_value: 4 });
    });

    it('decides what is sold from then on: an offer ends, a product is withdrawn, a supplier is revoked', async () => {
      const other = await setUpShop(operator, 'Harbour shop', 10);
      const till = await signInClient(server, other.client);
      const sell = async (): Promise<string> => (await till.sell(other.offer_id, LINE)).body.reason ?? 'sold';
      const offer = `/offers/${other.offer_id}`;

      await patch(offer, { expiration_date: '2020-01-01T00:00:00Z' });
      expect(await sell()).toBe('product_unavailable');
      await patch(offer, { expiration_date: null });
      expect(await sell()).toBe('sold');
      await patch(`/products/${other.product_id}`, { status: 'withdrawn' });
      expect(await sell()).toBe('product_unavailable');
      await patch(`/products/${other.product_id}`, { status: 'available' });
      await patch(`/suppliers/${other.supplier_id}`, { status: 'revoked' });
      expect(await sell()).toBe('supplier_not_managed');
      await patch(`/suppliers/${other.supplier_id}`, { status: 'approved', connector: null });
      expect(await sell()).toBe('supplier_not_managed');
      await patch(`/suppliers/${other.supplier_id}`, { connector: 'simulator' });
      expect(await sell()).toBe('sold');
    });

    it('tells a product’s settings, country, network and what the line gets, and refuses what its connector cannot do', async () => {
      const reach = { line_country: 'SN', network: { id: '2021', name: 'Orange SN' } };
      const settings = { amount: 1_000, currency: 'XOF' };
      const denomination = { amount: 1_000, currency: 'XOF' };
      const body = { ...PRODUCT, supplier_id: shop.supplier_id, bonus_value: 0, ...reach, settings, denomination };
      const product = made(await post('/products', body));
      expect(product).toMatchObject({ ...reach, settings, denomination });
      expect(await get(`/products/${product.id}`)).toEqual(product);

      const refused = async (answer: Promise<Answer>): Promise<unknown> => {
        const { status, body: told } = await answer;
        return [status, told.description.split(' ')[1]];
      };
      const invalid = (field: string) => [400, field];
      expect(await refused(post('/products', { ...body, settings: { amount: 'a lot' } }))).toEqual(
        invalid('settings.amount'),
      );
      expect(await refused(post('/products', { ...body, settings: { sku: 1 } }))).toEqual(invalid('settings.sku'));
      expect(await refused(post('/products', { ...body, denomination: { amount: 0.5, currency: 'XOF' } }))).toEqual(
        invalid('denomination'),
      );
      // It would bring something else than the offer says, or in another currency.
      const others = [{ amount: 2_000 }, { currency: 'EUR' }];
      for (const other of others) {
        expect(await refused(post('/products', { ...body, settings: { ...settings, ...other } }))).toEqual(
          invalid('settings'),
        );
        const change = { settings: { ...settings, ...other } };
        expect(await refused(patch(`/products/${product.id}`, change))).toEqual(invalid('settings'));
      }

      const offer = made(
        await post('/offers', {
          distributor_id: shop.distributor_id,
          product_id: product.id,
          name: 'Orange Senegal 1 000 XOF',
          resell_value: 1.9,
        }),
      );
      await post(`/offers/${offer.id}/grants`, { units: 1, reference: 'SN', justification: 'SN' });
      const till = await signInClient(server, shop.client);
      const listed = (await till.get('/distributors/offers?limit=1000')).body.find(({ id }: any) => id === offer.id);
      expect(listed.product).toMatchObject({ line_country: 'SN', network: 'Orange SN', denomination });
      expect((await till.sell(offer.id, LINE)).body.reason).toBe('bad_parameter');
      const sale = await till.sell(offer.id, { msisdn: '771234587' });
      expect(sale.body).toMatchObject({ status: 'ok', parameters: { msisdn: '+221771234587' }, denomination });

      const changed = await patch(`/products/${product.id}`, { network: null, settings: {} });
      expect(changed.body).toMatchObject({ settings: {}, denomination });
      expect(changed.body).not.toHaveProperty('network');
    });

    it('tells the names of a supplier’s secrets, never the secrets', async () => {
      const body = { name: 'Gateway', country: 'FR', secrets: { client_secret: 'one', client_id: 'two' } };
      const supplier = made(await post('/suppliers', body));
      expect(supplier).toMatchObject({ secrets: ['client_id', 'client_secret'], settings: {}, connector: null });
      const changed = await patch(`/suppliers/${supplier.id}`, {
        secrets: { token: 'three' },
        settings: { a: { b: 1 } },
      });
      expect(changed.body).toMatchObject({ secrets: ['token'], settings: { a: { b: 1 } } });
      expect(await get(`/suppliers/${supplier.id}`)).toEqual(changed.body);
      expect((await patch(`/suppliers/${supplier.id}`, { name: 'Gate' })).body.secrets).toEqual(['token']);
      secretSupplier = supplier.id;
    });

    it('lists what there is, in pages, of one distributor or supplier where that is asked', async () => {
      const ids = async (path: string): Promise<string[]> => (await get(path)).map(({ id }: { id: string }) => id);
      for (const path of ['/distributors', '/suppliers', '/products', '/offers']) {
        const all = await get(`${path}?limit=1000`);
        const order = path === '/suppliers' ? 'name' : 'creation_date';
        const sorted = all.map((row: any) => row[order] as string).toSorted();
        expect(all.map((row: any) => row[order])).toEqual(sorted);
        expect(await get(`${path}?limit=2&offset=1`)).toEqual(all.slice(1, 3));
        expect(await get(`${path}/${all[0].id}`)).toEqual(all[0]);
      }
      const other = await setUpShop(operator, 'Pier shop', 0);
      expect(await ids(`/offers?distributor=${other.distributor_id}`)).toEqual([other.offer_id]);
      expect(await ids(`/products?supplier=${other.supplier_id}`)).toEqual([other.product_id]);
      expect(await ids(`/offers?distributor=${NOBODY}`)).toEqual([]);
    });
  });

  describe('stock', () => {
    it('is granted and adjusted once for each reference, never below nothing', async () => {
      const { id } = await newOffer();
      const book = async (what: string, units: number, reference: string): Promise<unknown[]> => {
        const { status, body } = await post(`/offers/${id}/${what}`, { units, reference, justification: 'Because' });
        return [status, body.reason ?? body.bucket.available];
      };
      expect(await book('grants', 10, 'A')).toEqual([201, 10]);
      expect(await book('grants', 10, 'A')).toEqual([200, 10]);
      expect(await book('grants', 11, 'A')).toEqual([409, 'reference_conflict']);
      expect(await book('adjustments', 10, 'A')).toEqual([409, 'reference_conflict']);
      expect(await book('adjustments', -4, 'B')).toEqual([201, 6]);
      expect(await book('adjustments', -4, 'B')).toEqual([200, 6]);
      expect(await book('adjustments', 3, 'C')).toEqual([201, 9]);
      expect(await book('adjustments', -10, 'D')).toEqual([400, 'too_few_units']);
      expect(await book('adjustments', 0, 'D')).toEqual([400, 'invalid_body_field']);
      expect(await book('grants', 1_000_000_000_000, 'E')).toEqual([400, 'invalid_body_field']);
      expect(await book('adjustments', -9, 'F')).toEqual([201, 0]);
      expect((await get(`/offers/${id}/movements`)).map(({ kind, units }: any) => [kind, units])).toEqual([
        ['adjust', -9],
        ['adjust', 3],
        ['adjust', -4],
        ['grant', 10],
      ]);
    });

    it('of one reference sent many times at once is booked once', async () => {
      const { id } = await newOffer();
      const grant = { units: 5, reference: 'Z', justification: 'Z' };
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(`/offers/${id}/grants`, grant)));
      expect(statuses(answers)).toEqual([...Array(9).fill(200), 201]);
      expect((await get(`/offers/${id}`)).bucket.granted).toBe(5);
    });
  });

  describe('refuses', () => {
    const product = (change: object) => ({ ...PRODUCT, supplier_id: shop.supplier_id, ...change });
    const offer = (change: object) => ({ ...idsOf(shop), name: 'Ten', resell_value: 7.92, ...change });
    const supplier = (change: object) => ({ name: 'S', country: 'FR', ...change });
    const grants = () => `/offers/${shop.offer_id}/grants`;

    it.each<[string, string, () => Promise<Answer>]>([
      ['a distributor without a name', 'name', () => post('/distributors', {})],
      ['a name with a line break', 'name', () => post('/distributors', { name: 'a\nb' })],
      ['a world that there is not', 'world', () => post('/distributors', { name: 'x', world: 'moon' })],
      ['an id that is none', 'id', () => post('/distributors', { name: 'x', id: '7' })],
      ['a field that there is not', 'more', () => post('/distributors', { name: 'x', more: 1 })],
      ['a status that there is not', 'status', () => patch(`/distributors/${shop.distributor_id}`, { status: 'x' })],
      [
        'no requests at all',
        'requests_per_minute',
        () => post(`/distributors/${shop.distributor_id}/credentials`, { name: 'x', requests_per_minute: 0 }),
      ],
      [
        'an overlap of a year',
        'overlap_s',
        () => post(`/credentials/${shop.client.client_id}/rotations`, { overlap_s: 31_536_000 }),
      ],
      ['a country that is none', 'country', () => post('/suppliers', supplier({ country: 'France' }))],
      ['an unknown connector', 'connector', () => post('/suppliers', supplier({ connector: 'telepathy' }))],
      ['an unknown connector later', 'connector', () => patch(`/suppliers/${shop.supplier_id}`, { connector: 'x' })],
      ['a secret that is no text', 'secrets.a', () => post('/suppliers', supplier({ secrets: { a: 1 } }))],
      ['settings with a NUL', 'settings.a', () => post('/suppliers', supplier({ settings: { a: '\0' } }))],
      ['a product of no supplier', 'supplier_id', () => post('/products', product({ supplier_id: NOBODY }))],
      ['a top-up without a line', 'line_kind', () => post('/products', product({ line_kind: undefined }))],
      ['a top-up with no line', 'line_kind', () => post('/products', product({ line_kind: null }))],
      ['an eSIM with a line', 'line_kind', () => post('/products', product({ type: 'eSim' }))],
      ['a currency that there is not', 'currency', () => post('/products', product({ currency: 'XQQ' }))],
      ['a third of a cent', 'bonus_value', () => post('/products', product({ bonus_value: 0.333 }))],
      ['half a yen', 'bonus_value', () => post('/products', product({ currency: 'JPY', bonus_value: 0.5 }))],
      [
        'a product whose currency changes',
        'currency',
        () => patch(`/products/${shop.product_id}`, { currency: 'USD' }),
      ],
      ['an offer of no product', 'product_id', () => post('/offers', offer({ product_id: NOBODY }))],
      ['an offer for nobody', 'distributor_id', () => post('/offers', offer({ distributor_id: NOBODY }))],
      ['a negative price', 'resell_value', () => post('/offers', offer({ resell_value: -1 }))],
      ['a price in thousandths', 'resell_value', () => post('/offers', offer({ resell_value: 7.921 }))],
      ['a price beyond measure', 'resell_value', () => patch(`/offers/${shop.offer_id}`, { resell_value: 1e20 })],
      ['an end that is none', 'expiration_date', () => post('/offers', offer({ expiration_date: 'soon' }))],
      [
        'an end in a leap second',
        'expiration_date',
        () => patch(`/offers/${shop.offer_id}`, { expiration_date: '2016-12-31T23:59:60Z' }),
      ],
      ['a grant of nothing', 'units', () => post(grants(), { units: 0, reference: 'r', justification: 'j' })],
      ['a grant without a reason', 'justification', () => post(grants(), { units: 1, reference: 'r' })],
    ])('%s, and names the field %s', async (_, field, ask) => {
      const { status, body } = await ask();
      expect([status, body.reason.replace('missing', 'invalid')]).toEqual([400, 'invalid_body_field']);
      expect(body.description).toMatch(new RegExp(`^(invalid|missing) ${field.replace('.', '\\.')} parameter in body`));
    });

    it('a change of nothing', async () => {
      for (const path of [
        `/distributors/${shop.distributor_id}`,
        `/credentials/${shop.client.client_id}`,
        `/suppliers/${shop.supplier_id}`,
        `/products/${shop.product_id}`,
        `/offers/${shop.offer_id}`,
      ]) {
        const { status, body } = await patch(path, {});
        expect([status, body.description]).toEqual([400, 'at least one field is needed']);
      }
    });

    it('what is done to something that is not there', async () => {
      const grant = { units: 1, reference: 'r', justification: 'j' };
      const answers = await Promise.all([
        operator.get(`/admin/v1/distributors/${NOBODY}`),
        operator.get(`/admin/v1/distributors/${NOBODY}/credentials`),
        operator.get(`/admin/v1/suppliers/${NOBODY}`),
        operator.get(`/admin/v1/products/${NOBODY}`),
        operator.get(`/admin/v1/offers/${NOBODY}`),
        operator.get(`/admin/v1/offers/${NOBODY}/movements`),
        operator.get(`/admin/v1/transactions/${NOBODY}`),
        operator.delete('/admin/v1/credentials/nobody'),
        patch(`/distributors/${NOBODY}`, { name: 'x' }),
        patch('/credentials/nobody', { name: 'x' }),
        patch(`/suppliers/${NOBODY}`, { name: 'x' }),
        patch(`/products/${NOBODY}`, { name: 'x' }),
        patch(`/offers/${NOBODY}`, { name: 'x' }),
        post(`/distributors/${NOBODY}/credentials`, { name: 'x' }),
        post('/credentials/nobody/rotations', {}),
        post(`/offers/${NOBODY}/grants`, grant),
        post(`/offers/${NOBODY}/adjustments`, grant),
      ]);
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [404, 60]));
    });

    it('a distributor’s token; and a distributor’s paths refuse the operator’s', async () => {
      const till = await signInClient(server, shop.client);
      const paths = Object.values(OPERATOR_OPERATIONS).filter(({ method }) => method === 'GET');
      for (const { path } of paths) {
        const answer = await till.get(path.replaceAll(/\{\w+\}/g, NOBODY));
        // Those that are not served yet cannot be told from those that never will be.
        if (answer.status !== 404) {
          expect([path, answer.status, answer.body.reason]).toEqual([path, 401, 'invalid_credentials']);
        }
      }
      const grant = await till.post(`/admin/v1${grants()}`, { units: 1, reference: 'r', justification: 'j' });
      expect([grant.status, grant.body.code]).toEqual([401, 41]);
      const offers = await rawCallerWith(server, ADMIN_TOKEN).get('/distributors/offers');
      expect([offers.status, offers.body.reason]).toEqual([401, 'invalid_credentials']);
      const bare = await fetch(`${server.baseUrl}/admin/v1/distributors`);
      expect([bare.status, ((await bare.json()) as any).reason]).toEqual([401, 'missing_credentials']);
    });
  });

  it('keeps a ledger that adds up, of every offer, and secrets so that the database alone does not tell them', async () => {
    const offers = (await get('/offers?limit=1000')) as { id: string; bucket: { granted: number } }[];
    await server.stop();
    const db = await place.openDb();
    for (const { id, bucket } of offers) {
      expect(await proveLedger(db, id)).toMatchObject(bucket);
    }
    const [kept] = await db.query<{ secrets: { token: string } }>('SELECT secrets FROM suppliers WHERE id = $1', [
      secretSupplier,
    ]);
    await db.close();
    expect(offers.length).toBeGreaterThan(5);
    expect(kept?.secrets.token).not.toContain('three');
    expect(createSeal(KEY).open(kept?.secrets.token ?? '', sealedFor(secretSupplier, 'token'))).toBe('three');
  });
});

describe('the operator of a server without a key to seal with', () => {
  let place: Place;
  beforeAll(async () => {
    place = await createEmptyPlace('postgresql');
  });
  afterAll(() => place.remove());

  it('is told so when it gives a supplier secrets, and may add it without', async () => {
    const operator = callerWith(await place.start(), ADMIN_TOKEN);
    const refused = await operator.post('/admin/v1/suppliers', { name: 'S', country: 'FR', secrets: { a: 'b' } });
    expect([refused.status, refused.body.reason]).toEqual([503, 'not_configured']);
    expect(refused.body.description).toContain('SEALING_KEY');
    const { id } = made(await operator.post('/admin/v1/suppliers', { name: 'S', country: 'FR', secrets: {} }));
    const later = await operator.patch(`/admin/v1/suppliers/${id}`, { secrets: { a: 'b' } });
    expect([later.status, later.body.reason]).toEqual([503, 'not_configured']);
  });
});
