import { join } from 'node:path';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made, PRODUCT } from '../support/shop.ts';

/** Several servers are started, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 400_000, hookTimeout: 600_000 });
const WAIT = { timeout: 120_000, interval: 100 };
const HOUR_MS = 3_600_000;
const MOVED_CLOCK = join(import.meta.dirname, '../support/moved-clock.ts');
/**
 * So many hours after noon of today. What was sold a moment ago is not compared, so the server that compares is an hour ahead;
 * and whenever this runs, no day ends by itself.
 */
const afterNoon = (hours: number): Date => new Date(new Date().setUTCHours(12, 0, 0, 0) + hours * HOUR_MS);

describe.each(ENGINES)('the books of a supplier beside ours, on %s', (engine) => {
  let vendor: SimulatedSupplier;
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;
  let shop: PathCaller;
  let client: { client_id: string; client_secret: string };
  let supplier_id: string;
  let offer: string;
  let from: string;
  const sold: Record<string, string> = {};

  const endThere = async (reference: string, ending: string) => {
    const order = (await vendor.orders()).find((each) => each.reference === reference);
    await vendor.control('POST', `/orders/${order?.id}`, { ending });
  };
  /** An order at the supplier that somebody else has made. */
  const orderThere = async (external_id: string, ending: string): Promise<void> => {
    const { KEY, SECRET } = vendor.credentials;
    const body = {
      external_id,
      product_id: 10_002,
      auto_confirm: true,
      credit_party_identifier: { mobile_number: `+33684587${ending}` },
    };
    const headers = { authorization: `Basic ${btoa(`${KEY}:${SECRET}`)}`, 'content-type': 'application/json' };
    const answer = await fetch(`${vendor.baseUrl}/async/transactions`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    await vi.waitFor(async () => {
      const order = (await vendor.orders()).find((each) => each.reference === external_id);
      expect(order?.state).toBe('delivered');
    }, WAIT);
  };
  const decide = (id: string, status: string) =>
    operator.post(`/admin/v1/transactions/${id}/resolutions`, { status, justification: 'Test' });

  beforeAll(async () => {
    const CLOCK_AHEAD_MS = String(afterNoon(0).getTime() - Date.now());
    vendor = await SimulatedSupplier.start('dtone', 1_000, { NODE_OPTIONS: `--import=${MOVED_CLOCK}`, CLOCK_AHEAD_MS });
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY, SUPPLIER_DEADLINE_MS: '1500' }, afterNoon(0));
    operator = callerWith(server, world.demo.admin_token);
    const make = async (where: string, body: object) => made(await operator.post(`/admin/v1${where}`, body));
    const { KEY: key, SECRET: secret } = vendor.credentials;
    const access = { connector: 'dtone', settings: { base_url: vendor.baseUrl }, secrets: { key, secret } };
    supplier_id = (await make('/suppliers', { name: 'DT One', country: 'FR', ...access })).id;
    const product = { ...PRODUCT, bonus_value: 2, supplier_id, supplier_reference: '10002' };
    const product_id = (await make('/products', product)).id;
    const distributor_id = (await make('/distributors', { name: 'Shop' })).id;
    client = await make(`/distributors/${distributor_id}/credentials`, { name: 'Till' });
    offer = (await make('/offers', { distributor_id, product_id, name: 'Two', resell_value: 3 })).id;
    await make(`/offers/${offer}/grants`, { units: 50, reference: 'first', justification: 'Test' });
    shop = await signInClient(server, client);
    from = new Date().toISOString().slice(0, 10);

    const sell = async (ending = '100'): Promise<string> =>
      (await shop.sell(offer, { msisdn: `0684587${ending}` })).body.id as string;
    for (const name of ['one', 'taken_back', 'again']) sold[name] = await sell();
    sold['two'] = await sell('200');
    await sell('103');
    await endThere(sold['taken_back'] as string, 'REVERSED');
    await orderThere(`${sold['again']}-2`, '100');
    await orderThere('somebody-elses', '300');
    // What never came there, and was decided to be sold; and what was given up, and is delivered in the end.
    await vendor.control('POST', '/endings', { ending: 'SUBMITTED' });
    sold['late'] = await sell();
    await decide(sold['late'], 'ko');
    await endThere(sold['late'], 'COMPLETED');
    await vendor.control('POST', '/faults', { method: 'POST', path: '/async/transactions', kind: 'cut_before' });
    await vendor.control('POST', '/faults', { method: 'GET', path: '/transactions', kind: 'cut_before', times: 3 });
    sold['never_there'] = await sell();
    await decide(sold['never_there'], 'ok');
    // Still under way: no difference.
    await vendor.control('DELETE', '/faults');
    await vendor.control('POST', '/endings', { ending: 'SUBMITTED' });
    sold['pending'] = await sell();

    await server.stop();
    server = await world.start({ SEALING_KEY }, afterNoon(1));
    operator = callerWith(server, world.demo.admin_token);
    shop = await signInClient(server, client);
  });
  afterAll(async () => {
    await world?.remove();
    await vendor?.stop();
  });

  const cases = async (query = ''): Promise<any[]> =>
    (await operator.get(`/admin/v1/reconciliation-cases?supplier=${supplier_id}${query}`)).body;
  const compare = async (): Promise<any> => {
    // The day may be over meanwhile.
    const to = new Date().toISOString().slice(0, 10);
    const begun = await operator.post('/admin/v1/reconciliations', { supplier_id, from, to });
    expect(begun).toMatchObject({ status: 202, body: { status: 'running', source: 'list' } });
    return vi.waitFor(async () => {
      const { body } = await operator.get(`/admin/v1/reconciliations/${begun.body.id}`);
      expect(body.status).not.toBe('running');
      return body;
    }, WAIT);
  };
  const facts = (list: any[]) =>
    list
      .map(({ kind, transaction_id, theirs }) => [kind, transaction_id ?? theirs?.reference])
      .toSorted((a, b) => String(a).localeCompare(String(b)));

  it('finds each difference, and invents none', async () => {
    const run = await compare();
    expect(run).toMatchObject({ status: 'done', agrees: false, differences: 5, new_cases: 5, open: 1 });
    expect(facts(await cases())).toEqual(
      [
        ['delivered_there_not_sold_here', 'somebody-elses'],
        ['other_outcome', sold['late']],
        ['other_outcome', sold['taken_back']],
        ['sold_here_not_there', sold['never_there']],
        ['twice', sold['again']],
      ].toSorted((a, b) => String(a).localeCompare(String(b))),
    );
    const day = run.days.reduce(
      (sum: any, each: any) => ({ agreed: sum.agreed + each.agreed, theirs: sum.theirs + each.theirs.delivered }),
      { agreed: 0, theirs: 0 },
    );
    expect(day).toEqual({ agreed: 3, theirs: 6 });
    const [late] = await cases(`&transaction=${sold['late']}`);
    expect(late).toMatchObject({
      ours: { state: 'refused' },
      theirs: { state: 'delivered', cost: 1.86 },
      confidence: 'certain',
      ends: ['book', 'accept'],
    });
    expect(JSON.stringify(await cases())).not.toMatch(/684587\d{3}/);
  });

  it('tells the operator once, and finds the same cases again instead of new ones', async () => {
    const told = async (): Promise<any[]> =>
      (await operator.get('/admin/v1/events?types=reconciliation.difference')).body.map(({ event }: any) => event.data);
    await vi.waitFor(async () => expect(await told()).toMatchObject([{ supplier_id, new_cases: 5 }]), WAIT);
    expect(await compare()).toMatchObject({ differences: 5, new_cases: 0 });
    expect(await cases()).toHaveLength(5);
    expect(await told()).toHaveLength(1);
    const headers = { authorization: `Bearer ${world.demo.admin_token}` };
    expect(await (await fetch(`${server.baseUrl}/metrics`, { headers })).text()).toMatch(
      new RegExp(`opentopup_reconciliation_cases_open\\{supplier_id="${supplier_id}",kind="twice"\\} 1`),
    );
  });

  it('keeps who takes care of a case and what was noted, and ends it once, by what mends it', async () => {
    const of = async (name: string) => (await cases(`&transaction=${sold[name]}`))[0];
    const path = (id: string, more = '') => `/admin/v1/reconciliation-cases/${id}${more}`;
    const late = await of('late');
    const changed = await operator.patch(path(late.id), { owner: 'ada', note: 'Asked the supplier' });
    expect(changed.body).toMatchObject({ owner: 'ada', notes: [{ text: 'Asked the supplier', author: 'operator' }] });
    expect((await cases('&owner=ada')).map(({ id }) => id)).toEqual([late.id]);
    expect(await cases('&owned=false')).toHaveLength(4);
    const wrong = await operator.post(path(late.id, '/end'), { end: 'reverse', justification: 'Test' });
    expect([wrong.status, wrong.body.reason]).toEqual([409, 'end_not_possible']);

    const finish = (id: string, end: string) => operator.post(path(id, '/end'), { end, justification: 'Seen' });
    expect(await finish(late.id, 'book')).toMatchObject({ status: 201, body: { status: 'closed', end: 'book' } });
    expect((await operator.get(`/admin/v1/transactions/${sold['late']}`)).body).toMatchObject({ status: 'ok' });
    const again = await finish(late.id, 'accept');
    expect([again.status, again.body.reason]).toEqual([409, 'already_decided']);

    const answers = await Promise.all([1, 2].map(async () => finish((await of('never_there')).id, 'reverse')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await operator.get(`/admin/v1/transactions/${sold['never_there']}`)).body).toMatchObject({
      status: 'ko',
      reversal: { reason: 'not_delivered' },
    });
    const foreign = (await cases('&kind=delivered_there_not_sold_here'))[0];
    await finish(foreign.id, 'accept');
    expect((await operator.get(`/admin/v1/ledger/verification?offer=${offer}`)).body).toMatchObject({ verified: true });
  });

  it('says of a case whose cause is gone that it is, and leaves it to a person', async () => {
    const taken_back = sold['taken_back'] as string;
    await operator.post(`/admin/v1/transactions/${taken_back}/reversals`, {
      reason: 'refunded',
      justification: 'Credited',
    });
    expect(await compare()).toMatchObject({ differences: 2, new_cases: 0 });
    const [gone] = await cases(`&transaction=${taken_back}`);
    expect(gone).toMatchObject({ status: 'open', gone_date: expect.any(String) });
    expect(new Set((await cases('&status=open')).map(({ kind }) => kind))).toEqual(new Set(['other_outcome', 'twice']));
  });

  it('compares by itself each day that is over, and only what a supplier can list', async () => {
    const simulated = made(
      await operator.post('/admin/v1/suppliers', { name: 'Other', country: 'FR', connector: 'simulator' }),
    );
    const refused = await operator.post('/admin/v1/reconciliations', { supplier_id: simulated.id });
    expect(refused.body.reason).toBe('not_supported');
    await server.stop();
    server = await world.start({ SEALING_KEY }, afterNoon(24));
    operator = callerWith(server, world.demo.admin_token);
    await vi.waitFor(async () => {
      const { body } = await operator.get(`/admin/v1/reconciliations?supplier=${supplier_id}&limit=1`);
      expect(body).toMatchObject([{ requested_by: 'daily', status: 'done', from, new_cases: 0 }]);
    }, WAIT);
  });

  it('fails where the supplier does not answer, keeps nothing, and says why', async () => {
    await vendor.control('POST', '/faults', {
      method: 'GET',
      path: '/transactions',
      kind: 'refuse',
      status: 503,
      times: 20,
    });
    const run = await compare();
    expect(run).toMatchObject({ status: 'failed', cause: expect.stringContaining('503'), days: [] });
    expect(new Set((await cases('&status=open')).map(({ kind }) => kind))).toEqual(new Set(['other_outcome', 'twice']));
  });

  describe('from a file', () => {
    const mapping = {
      columns: { time: 'Fait le', reference: 'Votre réf.', line: 'Numéro', cost: 'Prix', state: 'État' },
      time_zone: 'Europe/Paris',
      date_order: 'dmy',
      decimal: ',',
      currency: 'EUR',
      states: { delivered: ['Livrée'], reversed: ['Reprise'], pending: ['En cours'] },
    };
    const TITLES = 'Fait le;Votre réf.;Numéro;Prix;État';
    /** As the supplier would write it, in the time of Paris. */
    const row = (
      name: string,
      more: Partial<Record<'reference' | 'line' | 'price' | 'state' | 'at', string>> = {},
    ): string => {
      const id = sold[name] as string;
      const sold_at = new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
      const at = sold_at.toLocaleString('fr-FR', { timeZone: 'Europe/Paris' });
      return [more.at ?? at, more.reference ?? id, more.line ?? '', more.price ?? '1,86', more.state ?? 'Livrée'].join(
        ';',
      );
    };
    const sends = (rows: readonly string[], query: string, of = supplier_id) => {
      const to = new Date().toISOString().slice(0, 10);
      const path = `/admin/v1/suppliers/${of}/books-files?from=${from}&to=${to}${query}`;
      return rawCallerWith(server, world.demo.admin_token).upload(path, [TITLES, ...rows].join('\n'), 'text/csv');
    };
    const whole = (): string[] => [
      row('one', { price: '2,00' }),
      row('two', { reference: '', line: '06 84 58 72 00' }),
      row('taken_back', { state: 'Reprise' }),
      row('again'),
      row('late'),
      row('pending', { state: 'En cours' }),
    ];

    it('tells what it has before anybody has said how it is meant, and keeps that for the next', async () => {
      const { body } = await sends(whole(), '&dry_run=true');
      expect(body).toMatchObject({ columns: TITLES.split(';'), rows: 6, error_count: 0 });
      expect(body.reconciliation).toBeUndefined();
      const put = await operator.put(`/admin/v1/suppliers/${supplier_id}/books-mapping`, mapping);
      expect(put).toMatchObject({ status: 200, body: mapping });
    });

    it('tells line by line what cannot be read, and keeps nothing', async () => {
      const before = (await operator.get('/admin/v1/reconciliations')).body.length;
      const wrong = [
        row('one', { at: '31/02/2026 10:00' }),
        row('two', { price: '1.8,6', state: 'Perdue' }),
        row('again'),
      ];
      const { status, body } = await sends(wrong, '');
      expect([status, body.error_count]).toEqual([200, 3]);
      expect(body.errors).toEqual([
        { line: 2, column: 'Fait le', message: '31/02/2026 10:00 is no time' },
        { line: 3, column: 'État', message: 'what Perdue means is not said' },
        { line: 3, column: 'Prix', message: '1.8,6 is no amount' },
      ]);
      const cut = await sends([`"${row('one')}`], '');
      expect([cut.status, cut.body.reason]).toEqual([400, 'invalid_csv']);
      expect((await operator.get('/admin/v1/reconciliations')).body).toHaveLength(before);
    });

    it('finds in a dry run what it would find, and takes the same file once', async () => {
      const lacking = await sends(whole().slice(0, 4), '&dry_run=true');
      expect(lacking.body).toMatchObject({
        kinds: [
          { kind: 'other_price', count: 1 },
          { kind: 'sold_here_not_there', count: 1 },
        ],
        reconciliation: { differences: 2, matched: { reference: 3, line: 1 } },
      });
      const taken = await sends(whole(), '&name=novembre.csv');
      expect(taken.body).toMatchObject({
        reconciliation: { status: 'done', source: 'file', file_name: 'novembre.csv', differences: 1, open: 1 },
        kinds: [{ kind: 'other_price', count: 1 }],
      });
      const [dearer] = await cases(`&kind=other_price`);
      expect(dearer).toMatchObject({ ours: { cost: 1.86 }, theirs: { cost: 2 }, ends: ['accept'] });
      const again = await sends(whole(), '');
      expect([again.status, again.body.reason]).toEqual([409, 'file_known']);
    });

    it('refuses a file of another supplier', async () => {
      const body = { name: 'Third', country: 'FR', connector: 'simulator' };
      const other = made(await operator.post('/admin/v1/suppliers', body)).id as string;
      await operator.put(`/admin/v1/suppliers/${other}/books-mapping`, mapping);
      const refused = await sends(whole(), '', other);
      expect([refused.status, refused.body.reason]).toEqual([400, 'foreign_file']);
    });
  });
});
