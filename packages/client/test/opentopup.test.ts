import { AnswerError, Operator, TravelB2B } from '@opentopup/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf } from './support/all-of.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

let program: DemoProgram;
let client: TravelB2B;
let operator: Operator;
beforeAll(async () => {
  program = await startDemoProgram();
  client = new TravelB2B({ baseUrl: program.baseUrl, ...program.shop });
  operator = new Operator({ baseUrl: program.baseUrl, adminToken: program.adminToken });
});
afterAll(() => program.stop());

const order = (msisdn: string, kind = 'msisdn') => ({ offer_id: program.offer(kind), parameters: { msisdn } });

describe('a sale over OpenTopup', () => {
  it.each([
    ['0684587001', 'line_unknown', false],
    ['0684587002', 'line_barred', false],
    ['0684587005', 'supplier_unavailable', true],
  ])('of %s is refused with the reason that the server gives', async (msisdn, reason, retryable) => {
    const result = await client.topups.create(order(msisdn));
    expect(result).toMatchObject({ status: 'refused', reason, retryable, transactionId: expect.any(String) });
    expect(result.customerMessage('fr')).not.toBe(result.customerMessage('en'));
  });

  it.each(['empty', 'withdrawn', 'expired', 'unmanaged'])('of an offer that is %s is refused', async (kind) => {
    await expect(client.topups.create(order('0684587587', kind))).resolves.toMatchObject({ status: 'refused' });
  });

  it('that nobody knows of is pending, and followed until the server has found out', async () => {
    const result = await client.topups.create(order('0684587007'));
    if (result.status !== 'pending') throw new Error(result.status);
    expect(result.customerMessage()).toContain('do not order it again');
    await expect(client.topups.waitFor(result.transaction)).resolves.toMatchObject({ status: 'ok' });
  });

  it('costs no more than the order allows', async () => {
    const result = await client.topups.create({ ...order('0684587587'), opentopup: { max_price: 7.91 } });
    expect(result).toMatchObject({ status: 'refused', reason: 'price_changed' });
    const allowed = { ...order('0684587587'), opentopup: { max_price: 7.92 } };
    await expect(client.topups.create(allowed)).resolves.toMatchObject({ status: 'ok' });
  });

  it('is answered by its first outcome when it is repeated, and refused under the key of another', async () => {
    const reference = 'till-4/2001';
    const first = await client.topups.create({ ...order('0684587587'), reference });
    const repeated = { ...order('0684587587'), reference };
    await expect(client.topups.create(repeated)).resolves.toMatchObject({
      transaction: first.status === 'ok' && { id: first.transaction.id },
    });
    const other = await client.topups.create({ ...order('0612345678'), reference });
    expect(other).toMatchObject({ status: 'refused', reason: 'idempotency_conflict' });
  });

  it('works below each base: live and sandbox', async () => {
    const { baseUrl, shop, sandbox } = program;
    const live = new TravelB2B({ baseUrl: `${baseUrl}/travel-b2b/v1/`, ...shop });
    await expect(live.topups.create(order('0684587587'))).resolves.toMatchObject({ status: 'ok' });
    const wrong = new TravelB2B({ baseUrl: `${baseUrl}/travel-b2b-sandbox/v1`, ...shop });
    const denied = { name: 'AuthenticationError', status: 403, reason: 'access_denied', sale: 'cannot_have_happened' };
    await expect(wrong.topups.create(order('0684587587'))).rejects.toMatchObject(denied);
    const trial = new TravelB2B({ baseUrl: `${baseUrl}/travel-b2b-sandbox/v1`, ...sandbox });
    const [offer] = await trial.offers.page({ limit: 1 });
    const sale = trial.topups.create({ offer_id: offer?.id ?? '', parameters: { msisdn: '0684587587' } });
    await expect(sale).resolves.toMatchObject({ status: 'ok' });
  });

  it('is asked for by many at once with one token', async () => {
    const operations: string[] = [];
    const busy = new TravelB2B({
      baseUrl: program.baseUrl,
      ...program.shop,
      onResponse: ({ operation }) => operations.push(operation),
    });
    const results = await Promise.all(Array.from({ length: 50 }, () => busy.topups.create(order('0684587587'))));
    expect(results.filter(({ status }) => status === 'ok')).toHaveLength(50);
    expect(operations.filter((name) => name === 'createToken')).toHaveLength(1);
    expect(operations.filter((name) => name === 'createTransaction')).toHaveLength(50);
  });
});

describe('the rest of OpenTopup', () => {
  it('lists offers with prices, and transactions', async () => {
    const offers = await allOf(client.offers.list());
    expect(offers.length).toBeGreaterThanOrEqual(8);
    expect(offers[0]).toMatchObject({ resell_value: 7.92, public_price: 7.92, margin: 0 });
    const all = await allOf(client.transactions.list({ status: 'ok' }));
    const seen = new Set(all.map(({ id }) => id));
    expect(seen.size).toBe(all.length);
    expect(all.length).toBeGreaterThan(50);
    const short = await allOf(
      client.operations.each('getDistributorTransactionList', { query: { limit: 7, status: 'ok' } }),
    );
    expect(short.map(({ id }) => id)).toEqual([...seen]);
  });

  it('says that it is alive, and whose products it sells', async () => {
    await expect(client.live()).resolves.toMatchObject({ isAlive: true });
    await expect(client.suppliers.list()).resolves.toHaveLength(4);
  });

  it('lets the operator put units into stock, each reference once', async () => {
    const grant = { units: 50, reference: 'PO-4711', justification: 'Monthly order' };
    const booking = await operator.stock.grant(program.offer('empty'), grant);
    expect(booking.bucket).toEqual({ granted: 50, available: 50, held: 0, sold: 0 });
    await expect(operator.stock.grant(program.offer('empty'), grant)).resolves.toEqual(booking);
    const other = operator.stock.grant(program.offer('empty'), { ...grant, units: 5 });
    await expect(other).rejects.toMatchObject({ name: 'AnswerError', status: 409, reason: 'reference_conflict' });
    await expect(client.topups.create(order('0684587587', 'empty'))).resolves.toMatchObject({ status: 'ok' });
  });

  it('lets nobody else do that', async () => {
    const stranger = new Operator({ baseUrl: program.baseUrl, adminToken: 'guessed' });
    const grant = { units: 1, reference: 'PO-1', justification: 'None' };
    const refused = stranger.stock.grant(program.offer('empty'), grant);
    await expect(refused).rejects.toMatchObject({ name: 'AuthenticationError', status: 401 });
    await expect(refused).rejects.toBeInstanceOf(AnswerError);
  });
});
