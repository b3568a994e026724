import { randomUUID } from 'node:crypto';
import type { Operator, TopupOrder, TopupResult, TravelB2B } from '@opentopup/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distributorClient, operatorOf, stockChange } from '../support/caller.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const FRENCH = '+33 6 84 58 75 87';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe.each(STORAGE_ENGINES)('a sale on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let other: TravelB2B;
  let operator: Operator;
  let wire: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = distributorClient(server, world.demo);
    other = distributorClient(server, world.demo.other);
    operator = operatorOf(server, world.demo.admin_token);
    wire = await rawSignIn(server, world.demo);
  });
  afterAll(() => world.remove());

  const sell = (kind: string, parameters: TopupOrder['parameters'], by = shop): Promise<TopupResult> =>
    by.topups.create({ offer_id: world.offer(kind), parameters });

  it('of a number recharges it, takes one unit and confirms', async () => {
    const offerId = world.offer('msisdn');
    const change = await stockChange(shop, offerId, async () => {
      const order = { offer_id: offerId, user_id: 'till 7', voucher_id: 'V-1', parameters: { msisdn: FRENCH } };
      const { status, body } = await wire.post('/travel-b2b/v1/distributors/transactions', order);
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.stringMatching(UUID),
        status: 'ok',
        product_type: 'airtime topup',
        billing_mode: 'prepaid',
        creation_date: expect.stringMatching(SECOND),
        change_date: expect.stringMatching(SECOND),
        offer_id: offerId,
        offer_name: 'Mobile France 10 EUR',
        product_name: 'Mobile France 10 EUR',
        supplier_name: 'Orange France',
        voucher_id: 'V-1',
        resell_value: 7.92,
        distributor_fees: 0,
        distributor_fees_type: 'value',
        public_price: 7.92,
        margin: 0,
        bonus_value: 10,
        reference_currency: 'EUR',
        local_currency: 'EUR',
        user_id: 'till 7',
        parameters: { msisdn: '+33684587587' },
        customer_message: 'The recharge has been made.',
      });
      expect(await shop.transactions.get(body.id)).toEqual(body);
    });
    expect(change).toBe(-1);
  });

  it('of a client is told in the same words, under the reference of the client', async () => {
    const order = { offer_id: world.offer('msisdn'), reference: 'till-7/1001', parameters: { msisdn: FRENCH } };
    const sale = await shop.topups.create(order);
    expect(sale).toMatchObject({ status: 'ok', reference: 'till-7/1001', transaction: { user_id: 'till-7/1001' } });
    expect(sale.status === 'ok' && sale.transaction.customer_message).toBe(sale.customerMessage());
    expect(await shop.topups.lookup('till-7/1001')).toMatchObject({ status: 'ok' });
  });

  it('of a SIM recharges it by its serial', async () => {
    const offerId = world.offer('simId');
    const change = await stockChange(shop, offerId, async () => {
      const sale = await sell('simId', { simId: '8991 1012 0000 3204 514' });
      const parameters = { simId: '8991101200003204514' };
      expect(sale).toMatchObject({ status: 'ok', transaction: { status: 'ok', parameters } });
    });
    expect(change).toBe(-1);
  });

  it('of a Spanish number needs a Spanish number', async () => {
    const parameters = { msisdn: '+34612345678' };
    expect(await sell('spain', { msisdn: '612 34 56 78' })).toMatchObject({
      status: 'ok',
      transaction: { parameters },
    });
    expect(await sell('spain', { msisdn: FRENCH })).toMatchObject({ status: 'refused', reason: 'bad_parameter' });
  });

  describe('that is refused before the supplier is asked', () => {
    const unknown = '01890000-0000-7000-8000-000000000000';
    const line = { msisdn: FRENCH };
    const refusals: [string, () => unknown, number, string, () => string][] = [
      ['no JSON', () => '{"offer_id":', 22, 'invalid_json', () => 'unable to decode json body'],
      ['an empty body', () => '', 21, 'missing_body', () => 'unable to decode json body'],
      ['no offer', () => ({ parameters: line }), 23, 'missing_offer_id', () => 'missing offer_id parameter in body'],
      ['a list', () => [], 23, 'missing_offer_id', () => 'missing offer_id parameter in body'],
      [
        'an offer that is no UUID',
        () => ({ offer_id: 'x', parameters: line }),
        24,
        'invalid_offer_id',
        () => 'invalid offer_id parameter',
      ],
      [
        'an offer of the wrong type',
        () => ({ offer_id: 7, parameters: line }),
        24,
        'invalid_offer_id',
        () => 'invalid offer_id parameter',
      ],
      [
        'an offer nobody has',
        () => ({ offer_id: unknown, parameters: line }),
        24,
        'invalid_offer_id',
        () => 'invalid offer_id parameter',
      ],
      [
        'an empty bucket',
        () => ({ offer_id: world.offer('empty'), parameters: line }),
        0,
        'bucket_empty',
        () => `bucket empty for offer ${world.offer('empty')}`,
      ],
      [
        'an empty bucket, even with a bad number',
        () => ({ offer_id: world.offer('empty'), parameters: { msisdn: 'x' } }),
        0,
        'bucket_empty',
        () => `bucket empty for offer ${world.offer('empty')}`,
      ],
      [
        'no parameters',
        () => ({ offer_id: world.offer('msisdn') }),
        23,
        'missing_parameters',
        () => 'missing parameters parameter in body',
      ],
      [
        'empty parameters',
        () => ({ offer_id: world.offer('msisdn'), parameters: {} }),
        23,
        'empty_parameters',
        () => 'parameters not set in body',
      ],
      [
        'a supplier without connector',
        () => ({ offer_id: world.offer('unmanaged'), parameters: line }),
        0,
        'supplier_not_managed',
        () => 'supplier e2c44763-fa73-11ef-bc0c-fa163ed2cb6e not managed yet',
      ],
      [
        'a SIM serial where a number is needed',
        () => ({ offer_id: world.offer('msisdn'), parameters: { simId: '8991101200003204514' } }),
        24,
        'bad_parameter',
        () => `bad parameter for transaction for offer ${world.offer('msisdn')}`,
      ],
      [
        'a number where a SIM serial is needed',
        () => ({ offer_id: world.offer('simId'), parameters: line }),
        24,
        'bad_parameter',
        () => `bad parameter for transaction for offer ${world.offer('simId')}`,
      ],
    ];

    it.each(refusals)('for %s says so', async (_, body, code, reason, description) => {
      const answer = await wire.post('/distributors/transactions', body());
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        code,
        message: 'Bad Request',
        description: description(),
        reason,
        retryable: reason === 'bucket_empty',
        customer_message: expect.stringMatching(/\.$/),
        request_id: answer.headers.get('x-request-id'),
        ...(reason === 'bad_parameter' && { line_fault: { fault: expect.stringMatching(/_missing$/) } }),
      });
    });

    it.each([
      ['withdrawn', 'withdrawn'],
      ['expired', 'expired'],
    ])('for an offer that is %s names the product and why', async (kind, status) => {
      const { product } = await shop.offers.get(world.offer(kind));
      expect(await sell(kind, line)).toMatchObject({
        status: 'refused',
        reason: 'product_unavailable',
        description: `product ${product.id} not available (${status}) for offer ${world.offer(kind)}`,
      });
    });
  });

  it.each([
    ['001', 'line_unknown', 'line unknown', false],
    ['002', 'line_barred', 'line barred', false],
    ['003', 'recently_recharged', 'line recently recharged', false],
    ['004', 'limit_exceeded', 'recharge limit exceeded', false],
    ['005', 'supplier_unavailable', 'supplier unavailable', true],
  ])(
    'that the supplier refuses (%s, %s) gives the unit back and says why',
    async (digits, reason, message, retryable) => {
      const offerId = world.offer('msisdn');
      const change = await stockChange(shop, offerId, async () => {
        const sale = await sell('msisdn', { msisdn: `0684587${digits}` });
        const { product, distributor_id } = await shop.offers.get(offerId);
        const description =
          `transaction failed (bucket unchanged) supplier ${product.supplier_id} product ${product.id} ` +
          `offer ${offerId} distributor ${distributor_id} message ${message}`;
        expect(sale).toMatchObject({ status: 'refused', reason, retryable, description });
        const id = (sale.status === 'refused' && sale.transactionId) || '';
        const customer_message = sale.customerMessage();
        expect(await shop.transactions.get(id)).toMatchObject({ id, status: 'ko', reason, customer_message });
      });
      expect(change).toBe(0);
    },
  );

  it('that the supplier takes its time over is confirmed all the same', async () => {
    const begun = Date.now();
    expect(await sell('msisdn', { msisdn: '0684587006' })).toMatchObject({ status: 'ok' });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(3_000);
  });

  it.each(['007', '008', '009'])('without an answer (%s) is pending and keeps its unit held', async (digits) => {
    const offerId = world.offer('msisdn');
    const change = await stockChange(shop, offerId, async () => {
      const sale = await sell('msisdn', { msisdn: `0684587${digits}` });
      if (sale.status !== 'pending') throw new Error(`not pending, but ${sale.status}`);
      expect(sale.transaction.customer_message).toMatch(/do not order it again/);
      expect(sale.customerMessage()).toBe(sale.transaction.customer_message);
      expect(await shop.transactions.get(sale.transaction.id)).toEqual(sale.transaction);
    });
    expect(change).toBe(-1);
  });

  it('speaks to the end customer in French when asked', async () => {
    const french = { 'accept-language': 'fr-FR, en;q=0.5' };
    const { body } = await wire.sell(world.offer('msisdn'), { msisdn: '0684587002' }, french);
    expect(body.customer_message).toMatch(/L'opérateur n'accepte pas de recharge/);
  });

  it('is possible again after a refill of an empty bucket', async () => {
    const offerId = world.offer('empty');
    const refill = { units: 2, reference: 'PO-1', justification: 'order 4711' };
    expect(await sell('empty', { msisdn: FRENCH })).toMatchObject({ status: 'refused', reason: 'bucket_empty' });

    const granted = await operator.stock.grant(offerId, refill);
    expect(granted).toMatchObject({ ...refill, offer_id: offerId, bucket: { granted: 2, available: 2 } });
    expect(await operator.stock.grant(offerId, refill)).toEqual(granted);
    const more = operator.stock.grant(offerId, { ...refill, units: 3 });
    await expect(more).rejects.toMatchObject({ reason: 'reference_conflict' });

    expect(await sell('empty', { msisdn: FRENCH })).toMatchObject({ status: 'ok' });
    expect(await sell('empty', { msisdn: FRENCH })).toMatchObject({ status: 'ok' });
    expect(await sell('empty', { msisdn: FRENCH })).toMatchObject({ status: 'refused', reason: 'bucket_empty' });
  });

  it.each([
    ['no units', { reference: 'r', justification: 'j' }, 23, 'missing units parameter in body'],
    ['no reference', { units: 1, justification: 'j' }, 23, 'missing reference parameter in body'],
    ['half a unit', { units: 0.5, reference: 'r', justification: 'j' }, 24, 'invalid units parameter in body'],
    ['less than nothing', { units: -1, reference: 'r', justification: 'j' }, 24, 'invalid units parameter in body'],
    ['too many units', { units: 1e13, reference: 'r', justification: 'j' }, 24, 'invalid units parameter in body'],
    ['an unknown field', { units: 1, reference: 'r', justification: 'j', x: 1 }, 24, 'invalid x parameter in body'],
    ['a list', [], 22, 'a JSON object is needed'],
  ])('cannot follow a grant of %s', async (_, grant, code, description) => {
    const raw = rawCallerWith(server, world.demo.admin_token);
    const { status, body } = await raw.post(`/admin/v1/offers/${world.offer('empty')}/grants`, grant);
    expect([status, body.code]).toEqual([400, code]);
    expect(body.description).toContain(description);
  });

  it('cannot be refilled by anybody but the operator, nor for an offer that is not there', async () => {
    const refill = { units: 1, reference: 'r', justification: 'j' };
    const stranger = operatorOf(server, wire.token);
    const denied = stranger.stock.grant(world.offer('empty'), refill);
    await expect(denied).rejects.toMatchObject({ name: 'AuthenticationError', status: 401, code: 41 });
    await expect(operator.stock.grant(randomUUID(), refill)).rejects.toMatchObject({ status: 404, code: 60 });
  });

  describe('of one distributor is nothing to another', () => {
    it("another's offer is an invalid offer, another's transaction is not found", async () => {
      const sold = await sell('msisdn', { msisdn: FRENCH });
      const description = 'invalid offer_id parameter';
      const stolen = await sell('msisdn', { msisdn: FRENCH }, other);
      expect(stolen).toMatchObject({ status: 'refused', reason: 'invalid_offer_id', description });
      const id = sold.status === 'ok' ? sold.transaction.id : '';
      expect((await shop.transactions.get(id)).id).toBe(id);
      await expect(other.transactions.get(id)).rejects.toMatchObject({ status: 404 });
      await expect(other.offers.get(world.offer('msisdn'))).rejects.toMatchObject({ status: 404 });
      expect(await other.transactions.page()).toEqual([]);
      expect(await other.offers.page()).toEqual([]);
      expect(await other.suppliers.list()).toEqual([]);
    });
  });
});
