import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { firstIdAt } from '../../src/database/ids.ts';
import { signInAs } from '../support/browser.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

/** A transaction that somebody made on this day. */
async function addOld(db: Db, offerId: string, day: string): Promise<string> {
  const id = firstIdAt(new Date(day));
  await db.query(
    `INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, user_id, created_at)
     SELECT distributor_id, $2, id, 1, '+34612345678', 'oscar', $3 FROM offers WHERE id = $1`,
    [offerId, id, new Date(day)],
  );
  await db.query(
    `INSERT INTO resolutions (distributor_id, transaction_id, status, reason, message, at)
     SELECT distributor_id, $2, 'ko', 'line_barred', 'line barred', $3 FROM offers WHERE id = $1`,
    [offerId, id, new Date(day)],
  );
  await db.query(
    `INSERT INTO sales_hourly (distributor_id, offer_id, hour, created, ko)
     SELECT distributor_id, id, $2, 1, 1 FROM offers WHERE id = $1`,
    [offerId, new Date(day)],
  );
  return id;
}

const NOBODY = '01890000-0000-7000-8000-000000000000';

describe.each(ENGINES)('the transactions of all distributors on %s', (engine) => {
  let world: DemoPlace;
  let operator: PathCaller;
  let server: RunningServer;
  /** In the order in which they were made. */
  const sales: { id: string; user_id: string }[] = [];
  const distributors: string[] = [];
  /** Made long before, oldest first; by `oscar`, of Spain, ko. */
  const old: string[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    for (const year of ['2019', '2024', '2025']) old.push(await addOld(db, world.offer('spain'), `${year}-05-01`));
    await db.close();
    server = await world.start();
    operator = callerWith(server, world.demo.admin_token);
    const live = await signInClient(server, world.demo);
    const sandbox = await signInClient(server, world.demo.sandbox);
    const trial = world.demo.sandbox.offers.find(({ kind }) => kind === 'spain')?.id;
    const orders: [PathCaller, string, string | undefined, string, string][] = [
      [live, '', world.offer('msisdn'), '0684587587', 'anna'],
      [sandbox, '/travel-b2b-sandbox/v1', trial, '612345678', 'anna'],
      [live, '', world.offer('msisdn'), '0684587002', 'bert'],
      [sandbox, '/travel-b2b-sandbox/v1', trial, '612345009', 'bert'],
      [live, '', world.offer('spain'), '612345678', 'anna'],
    ];
    for (const [caller, base, offer_id, msisdn, user_id] of orders) {
      const order = { offer_id, parameters: { msisdn }, user_id, voucher_id: `voucher of ${user_id}` };
      const { body } = await caller.post(`${base}/distributors/transactions`, order);
      sales.push({ id: (body.id ?? body.transaction_id) as string, user_id });
    }
    for (const { id } of [sales[0], sales[1]] as { id: string }[]) {
      distributors.push((await operator.get(`/admin/v1/transactions/${id}`)).body.distributor_id as string);
    }
  });
  afterAll(() => world.remove());

  /** Which of the five sales a query finds, in the order of the answer; the old ones, from the oldest, are -1, -2, -3. */
  const found = async (query: string): Promise<number[]> => {
    const { body } = await operator.get(`/admin/v1/transactions?${query}`);
    return (body as { id: string }[]).map(({ id }) => {
      return old.includes(id) ? -1 - old.indexOf(id) : sales.findIndex((sale) => sale.id === id);
    });
  };

  it('come newest first, whosever they are', async () => {
    expect(await found('')).toEqual([4, 3, 2, 1, 0, -3, -2, -1]);
  });

  it('come in pages, and from any transaction on', async () => {
    expect(await found('limit=2')).toEqual([4, 3]);
    expect(await found('limit=2&offset=2')).toEqual([2, 1]);
    expect(await found('limit=4&offset=3')).toEqual([1, 0, -3, -2]);
    expect(await found('offset=8')).toEqual([]);
    expect(await found(`cursor=${sales[3]?.id}&limit=2`)).toEqual([2, 1]);
    expect(await found(`cursor=${sales[0]?.id}`)).toEqual([-3, -2, -1]);
    expect(await found(`cursor=${old[1]}`)).toEqual([-1]);
    expect(await found(`cursor=${old[0]}`)).toEqual([]);
  });

  it('can be filtered by distributor, and by all that a distributor filters by', async () => {
    expect(await found(`distributor=${distributors[0]}`)).toEqual([4, 2, 0, -3, -2, -1]);
    expect(await found(`distributor=${distributors[1]}`)).toEqual([3, 1]);
    expect(await found(`distributor=${NOBODY}`)).toEqual([]);
    expect(await found('status=ok')).toEqual([4, 1, 0]);
    expect(await found('status=ko')).toEqual([2, -3, -2, -1]);
    expect(await found('status=ko&limit=2')).toEqual([2, -3]);
    expect(await found('status=pending')).toEqual([3]);
    expect(await found('user=oscar&limit=2')).toEqual([-3, -2]);
    expect(await found('user=anna')).toEqual([4, 1, 0]);
    for (const line of ['%2B33684587002', '+33684587002', '0684587002', '06+84+58+70+02']) {
      expect(await found(`line=${line}`)).toEqual([2]);
    }
    expect(await found('voucher=voucher+of+bert')).toEqual([3, 2]);
    expect(await found(`user=anna&distributor=${distributors[0]}`)).toEqual([4, 0]);
    expect(await found(`offer=${world.offer('msisdn')}`)).toEqual([2, 0]);
    expect(await found('supplier=e0c798dd-54a2-462d-8f87-79a44f7547a1')).toEqual([4, 3, 1, -3, -2, -1]);
    expect(await found('startDate=2099-01-01')).toEqual([]);
    expect(await found('endDate=2099-01-01&limit=1')).toEqual([4]);
    expect(await found('endDate=2024-05-01')).toEqual([-2, -1]);
    expect(await found('startDate=2024-05-01&endDate=2025-05-01')).toEqual([-3, -2]);
    expect((await operator.get('/admin/v1/transactions?startDate=soon')).body.reason).toBe('invalid_query_parameter');
  });

  it('come as CSV, all that the filters let through, and are counted', async () => {
    const csv = async (query: string): Promise<string[]> => {
      const { status, body } = await operator.get(`/admin/v1/transactions?${query}`, { accept: 'text/csv' });
      expect(status).toBe(200);
      return (body as string).trimEnd().split('\r\n');
    };
    const idIn = (line: string): string => line.slice(0, 36);
    const all = `distributor=${distributors[0]}`;
    for (const query of [
      '',
      all,
      'status=ko',
      'status=pending',
      'user=anna',
      'line=%2B33684587002',
      'line=0684587002',
      'line_ending=7002',
      'voucher=voucher+of+anna',
      'limit=2',
    ]) {
      const { body } = await operator.get(`/admin/v1/transactions?${query}`);
      const [head, ...lines] = await csv(query);
      expect(head?.split(',').slice(-14)).toEqual([
        'distributor_id',
        'distributor_name',
        'supplier_id',
        'supplier_reference',
        'supplier_message',
        'pending_cause',
        'distributor_fees',
        'distributor_fees_type',
        'public_price',
        'margin',
        'attempts',
        'reversal_reason',
        'reversal_date',
        'late_delivery_date',
      ]);
      expect([query, lines.map(idIn)]).toEqual([query, (body as { id: string }[]).map(({ id }) => id)]);
      if (query.startsWith('limit')) continue;
      const { count } = (await operator.get(`/admin/v1/transactions/count?${query}`)).body;
      expect([query, count]).toEqual([query, lines.length]);
    }
    expect((await csv(`cursor=${sales[1]?.id}`)).slice(1).map(idIn)[0]).toBe(sales[0]?.id);
  });

  it('are found by the last digits of a line within a month, by whoever is shown the other digits', async () => {
    expect(await found('line_ending=5678')).toEqual([4, 1]);
    expect(await found('line_ending=5678&startDate=2019-01-01')).toEqual([4, 1]);
    expect(await found('line_ending=5678&endDate=2024-05-20')).toEqual([-2]);
    expect(await found(`line_ending=002&distributor=${distributors[0]}`)).toEqual([2]);
    expect(await found('line_ending=999')).toEqual([]);
    expect((await operator.get('/admin/v1/transactions?line_ending=02')).body.reason).toBe('invalid_query_parameter');
    const support = await signInAs(server, world.demo.console.support);
    for (const path of ['', '/count']) {
      const { status, body } = await support.get(`/admin/v1/transactions${path}?line_ending=7002`);
      expect([status, body.reason]).toEqual([403, 'access_denied']);
    }
  });

  it('come as CSV with their numbers masked to whoever may not see them', async () => {
    const support = await signInAs(server, world.demo.console.support);
    const { body } = await support.get('/admin/v1/transactions?user=anna', { accept: 'text/csv' });
    expect(body).toContain('+33 6 •• •• •• 87');
    expect(body).not.toContain('684587587');
  });

  it('each tell how they came to their end, or why they have none yet', async () => {
    const { body } = await operator.get('/admin/v1/transactions', { 'accept-language': 'fr' });
    const [, pending, ko, , ok] = body;
    expect(ok).toMatchObject({
      status: 'ok',
      distributor_id: distributors[0],
      distributor_name: 'Demo distributor',
      supplier_id: '7413e966-c97c-11ed-b80c-fa163e78aa28',
      supplier_reference: `sim-${sales[0]?.id}`,
      parameters: { msisdn: '+33684587587' },
      customer_message: 'La recharge a été effectuée.',
    });
    expect(ok).not.toHaveProperty('pending_cause');
    expect(ko).toMatchObject({ status: 'ko', reason: 'line_barred', supplier_message: 'line barred' });
    expect(pending).toMatchObject({
      status: 'pending',
      distributor_name: 'Demo distributor (sandbox)',
      pending_cause: 'no answer (no proof either way)',
      next_look_date: expect.any(String),
    });
  });

  it('are shown alone as they are in the list', async () => {
    // A pending one changes from look to look.
    for (const i of [0, 1, 2, 4]) {
      const { body: list } = await operator.get(`/admin/v1/transactions?cursor=${sales[i + 1]?.id ?? ''}&limit=1`);
      expect((await operator.get(`/admin/v1/transactions/${sales[i]?.id}`)).body).toEqual(list[0]);
    }
  });
});
