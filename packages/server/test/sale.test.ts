import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, callerWith, signIn } from './support/caller.ts';
import { createWorld, ENGINES, type RunningServer, type World } from './support/server.ts';

const FRENCH = '+33 6 84 58 75 87';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe.each(ENGINES)('a sale on %s', (engine) => {
  let world: World;
  let server: RunningServer;
  let shop: Caller;
  let other: Caller;
  let operator: Caller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await signIn(server, world.demo);
    other = await signIn(server, world.demo.other);
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world.remove());

  /** Does something and tells by how many units the stock of an offer has changed. */
  const stockChange = async (offerId: string, act: () => Promise<unknown>): Promise<number> => {
    const before = await shop.stock(offerId);
    await act();
    return (await shop.stock(offerId)) - before;
  };

  it('of a number recharges it, takes one unit and confirms', async () => {
    const offerId = world.offer('msisdn');
    const change = await stockChange(offerId, async () => {
      const order = { offer_id: offerId, user_id: 'till 7', voucher_id: 'V-1', parameters: { msisdn: FRENCH } };
      const { status, body } = await shop.post('/travel-b2b/v1/distributors/transactions', order);
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
        bonus_value: 10,
        reference_currency: 'EUR',
        local_currency: 'EUR',
        user_id: 'till 7',
        parameters: { msisdn: '+33684587587' },
        customer_message: 'The recharge has been made.',
      });
      expect((await shop.get(`/distributors/transactions/${body.id}`)).body).toEqual(body);
    });
    expect(change).toBe(-1);
  });

  it('of a SIM recharges it by its serial', async () => {
    const offerId = world.offer('simId');
    const change = await stockChange(offerId, async () => {
      const { status, body } = await shop.sell(offerId, { simId: '8991 1012 0000 3204 514' });
      expect(status).toBe(201);
      expect(body).toMatchObject({ status: 'ok', parameters: { simId: '8991101200003204514' } });
    });
    expect(change).toBe(-1);
  });

  it('of a Spanish number needs a Spanish number', async () => {
    expect((await shop.sell(world.offer('spain'), { msisdn: '612 34 56 78' })).body.parameters.msisdn).toBe(
      '+34612345678',
    );
    expect((await shop.sell(world.offer('spain'), { msisdn: FRENCH })).body.reason).toBe('bad_parameter');
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
      const answer = await shop.post('/distributors/transactions', body());
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({
        code,
        message: 'Bad Request',
        description: description(),
        reason,
        retryable: reason === 'bucket_empty',
        customer_message: expect.stringMatching(/\.$/),
        request_id: answer.headers.get('x-request-id'),
      });
    });

    it.each([
      ['withdrawn', 'withdrawn'],
      ['expired', 'expired'],
    ])('for an offer that is %s names the product and why', async (kind, status) => {
      const { body } = await shop.sell(world.offer(kind), line);
      const { product } = (await shop.get(`/distributors/offers/${world.offer(kind)}`)).body;
      expect(body.reason).toBe('product_unavailable');
      expect(body.description).toBe(`product ${product.id} not available (${status}) for offer ${world.offer(kind)}`);
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
      const change = await stockChange(offerId, async () => {
        const { status, body } = await shop.sell(offerId, { msisdn: `0684587${digits}` });
        const { body: transaction } = await shop.get(`/distributors/transactions/${body.transaction_id}`);
        const { product, distributor_id } = (await shop.get(`/distributors/offers/${offerId}`)).body;
        expect(status).toBe(400);
        expect(body).toMatchObject({ code: 0, message: 'Bad Request', reason, retryable });
        expect(body.description).toBe(
          `transaction failed (bucket unchanged) supplier ${product.supplier_id} product ${product.id} ` +
            `offer ${offerId} distributor ${distributor_id} message ${message}`,
        );
        expect(transaction).toMatchObject({ id: body.transaction_id, status: 'ko', reason });
        expect(transaction.customer_message).toBe(body.customer_message);
      });
      expect(change).toBe(0);
    },
  );

  it('that the supplier takes its time over is confirmed all the same', async () => {
    const begun = Date.now();
    const { status, body } = await shop.sell(world.offer('msisdn'), { msisdn: '0684587006' });
    expect([status, body.status]).toEqual([201, 'ok']);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(3_000);
  });

  it.each(['007', '008', '009'])('without an answer (%s) is pending and keeps its unit held', async (digits) => {
    const offerId = world.offer('msisdn');
    const change = await stockChange(offerId, async () => {
      const { status, body } = await shop.sell(offerId, { msisdn: `0684587${digits}` });
      expect([status, body.status]).toEqual([201, 'pending']);
      expect(body.customer_message).toMatch(/do not order it again/);
      const later = await shop.get(`/distributors/transactions/${body.id}`);
      expect(later.body).toEqual(body);
    });
    expect(change).toBe(-1);
  });

  it('speaks to the end customer in French when asked', async () => {
    const french = { 'accept-language': 'fr-FR, en;q=0.5' };
    const { body } = await shop.sell(world.offer('msisdn'), { msisdn: '0684587002' }, french);
    expect(body.customer_message).toMatch(/L'opérateur n'accepte pas de recharge/);
  });

  it('is possible again after a refill of an empty bucket', async () => {
    const offerId = world.offer('empty');
    const refill = { units: 2, reference: 'PO-1', justification: 'order 4711' };
    const path = `/admin/v1/offers/${offerId}/grants`;
    expect((await shop.sell(offerId, { msisdn: FRENCH })).body.reason).toBe('bucket_empty');

    const granted = await operator.post(path, refill);
    expect(granted.status).toBe(201);
    expect(granted.body).toMatchObject({ ...refill, offer_id: offerId, bucket: { granted: 2, available: 2 } });
    const again = await operator.post(path, refill);
    expect([again.status, again.body]).toEqual([200, granted.body]);
    expect((await operator.post(path, { ...refill, units: 3 })).body).toMatchObject({ reason: 'reference_conflict' });

    expect((await shop.sell(offerId, { msisdn: FRENCH })).status).toBe(201);
    expect((await shop.sell(offerId, { msisdn: FRENCH })).status).toBe(201);
    expect((await shop.sell(offerId, { msisdn: FRENCH })).body.reason).toBe('bucket_empty');
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
    const { status, body } = await operator.post(`/admin/v1/offers/${world.offer('empty')}/grants`, grant);
    expect([status, body.code]).toEqual([400, code]);
    expect(body.description).toContain(description);
  });

  it('cannot be refilled by anybody but the operator, nor for an offer that is not there', async () => {
    const refill = { units: 1, reference: 'r', justification: 'j' };
    const denied = await shop.post(`/admin/v1/offers/${world.offer('empty')}/grants`, refill);
    expect([denied.status, denied.body.code]).toEqual([401, 41]);
    const missing = await operator.post(`/admin/v1/offers/${randomUUID()}/grants`, refill);
    expect([missing.status, missing.body.code]).toEqual([404, 60]);
  });

  describe('with an Idempotency-Key', () => {
    it('is made once, and its answer given again', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const offerId = world.offer('msisdn');
      const change = await stockChange(offerId, async () => {
        const first = await shop.sell(offerId, { msisdn: FRENCH }, key);
        const again = await shop.sell(offerId, { msisdn: FRENCH }, key);
        const quoted = await shop.sell(
          offerId,
          { msisdn: FRENCH },
          { 'idempotency-key': `"${key['idempotency-key']}"` },
        );
        expect([first.status, again.status]).toEqual([201, 201]);
        expect([again.body, quoted.body]).toEqual([first.body, first.body]);
        expect(first.headers.get('idempotent-replayed')).toBeNull();
        expect(again.headers.get('idempotent-replayed')).toBe('true');
      });
      expect(change).toBe(-1);
    });

    it('is made once when both requests come at the same time', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const offerId = world.offer('msisdn');
      const change = await stockChange(offerId, async () => {
        const orders = Array.from({ length: 20 }, () => shop.sell(offerId, { msisdn: FRENCH }, key));
        const answers = await Promise.all(orders);
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
        expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null).length).toBe(1);
      });
      expect(change).toBe(-1);
    });

    it('waits for the first answer while the supplier is still at work', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const first = shop.sell(world.offer('msisdn'), { msisdn: '0684587006' }, key);
      const second = shop.sell(world.offer('msisdn'), { msisdn: '0684587006' }, key);
      const [a, b] = await Promise.all([first, second]);
      expect(b.body).toEqual(a.body);
      expect(a.body.status).toBe('ok');
    });

    it('that failed or is pending says so again, and does not try again', async () => {
      for (const digits of ['002', '009']) {
        const key = { 'idempotency-key': randomUUID() };
        const first = await shop.sell(world.offer('msisdn'), { msisdn: `0684587${digits}` }, key);
        const again = await shop.sell(world.offer('msisdn'), { msisdn: `0684587${digits}` }, key);
        expect(again.status).toBe(first.status);
        expect({ ...again.body, request_id: '' }).toEqual({ ...first.body, request_id: '' });
        expect(again.headers.get('idempotent-replayed')).toBe('true');
      }
    });

    it('used for another order is refused, and nothing is done', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const offerId = world.offer('msisdn');
      await shop.sell(offerId, { msisdn: FRENCH }, key);
      const change = await stockChange(offerId, async () => {
        const { status, body } = await shop.sell(offerId, { msisdn: '0684587588' }, key);
        expect([status, body.reason]).toEqual([422, 'idempotency_conflict']);
      });
      expect(change).toBe(0);
    });

    it('refused before anything was held can be used again', async () => {
      const key = { 'idempotency-key': randomUUID() };
      expect((await shop.sell(world.offer('empty'), { msisdn: FRENCH }, key)).body.reason).toBe('bucket_empty');
      expect((await shop.sell(world.offer('msisdn'), { msisdn: FRENCH }, key)).status).toBe(201);
    });

    it.each(['', 'é', 'a b', 'x'.repeat(256), '"open'])('that is malformed is refused: %s', async (key) => {
      const header = { 'idempotency-key': Buffer.from(key).toString('latin1') };
      const { status, body } = await shop.sell(world.offer('msisdn'), { msisdn: FRENCH }, header);
      expect([status, body.code, body.reason]).toEqual([400, 26, 'invalid_header']);
    });

    it('belongs to its distributor: the same key of another one is another key', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const sold = await shop.sell(world.offer('msisdn'), { msisdn: FRENCH }, key);
      const stolen = await other.sell(world.offer('msisdn'), { msisdn: FRENCH }, key);
      expect(sold.status).toBe(201);
      expect(stolen.body.description).toBe('invalid offer_id parameter');
    });
  });

  describe('of one distributor is nothing to another', () => {
    it("another's offer is an invalid offer, another's transaction is not found", async () => {
      const { body: sold } = await shop.sell(world.offer('msisdn'), { msisdn: FRENCH });
      const stolen = await other.sell(world.offer('msisdn'), { msisdn: FRENCH });
      expect([stolen.status, stolen.body.description]).toEqual([400, 'invalid offer_id parameter']);
      expect((await other.get(`/distributors/transactions/${sold.id}`)).status).toBe(404);
      expect((await other.get(`/distributors/offers/${world.offer('msisdn')}`)).status).toBe(404);
      expect((await other.get('/distributors/transactions')).body).toEqual([]);
      expect((await other.get('/distributors/offers')).body).toEqual([]);
      expect((await other.get('/distributors/suppliers')).body).toEqual([]);
    });
  });

  it('is answered the same after a restart', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await shop.sell(world.offer('msisdn'), { msisdn: FRENCH }, key);
    expect(await server.stop()).toBe(0);
    server = await world.start();
    shop = callerWith(server, shop.token);
    other = callerWith(server, other.token);
    operator = callerWith(server, operator.token);
    const again = await shop.sell(world.offer('msisdn'), { msisdn: FRENCH }, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});
