import { TravelB2B } from '@opentopup/client';
import { decryptActivationCode, generateKeyPair, lpaString } from '@opentopup/client/esim';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { WIRE_ROUTES } from '../src/routes.ts';
import { allOf } from './support/all-of.ts';
import { SUPPLIER_ID } from './support/operator-data.ts';
import { ACTIVATION_CODE, OperatorServer } from './support/operator-server.ts';

let server: OperatorServer;
let client: TravelB2B;
beforeAll(async () => {
  server = await new OperatorServer().start();
  client = clientOf();
});
afterAll(() => server.stop());

const clientOf = (): TravelB2B => {
  const { baseUrl, clientId, clientSecret } = server;
  return new TravelB2B({ baseUrl, clientId, clientSecret });
};
const offerId = (): string => server.offers[0]?.id ?? '';
const named = (name: string): string => server.offers.find((offer) => offer.name === name)?.id ?? '';
const topup = (msisdn: string, offer_id = offerId()) => ({ offer_id, parameters: { msisdn } });

describe("a sale over the operator's own API", () => {
  it('is ok, with the transaction and a sentence for the customer', async () => {
    const result = await client.topups.create(topup('+33 6 84 58 75 87'));
    expect(result).toMatchObject({ status: 'ok', transaction: { status: 'ok', offer_id: offerId() } });
    expect(result.customerMessage()).toBe('The recharge has been made.');
    expect(result.customerMessage('fr-CA')).toBe('La recharge a été effectuée.');
    expect(result.customerMessage('de')).toBe('The recharge has been made.');
  });

  it.each([
    ['the supplier says no', '0684587002', undefined, 'supplier_refused'],
    ['the number is none', '12', undefined, 'bad_parameter'],
    ['the offer is unknown', '0684587587', SUPPLIER_ID, 'invalid_offer_id'],
  ])('is refused with the reason that the description stands for: %s', async (_, msisdn, offer, reason) => {
    const result = await client.topups.create(topup(msisdn, offer));
    expect(result).toMatchObject({ status: 'refused', reason, retryable: false });
  });

  it('is refused as sold out, which may pass', async () => {
    const result = await client.topups.create(topup('0684587587', named('Sold out')));
    expect(result).toMatchObject({ status: 'refused', reason: 'bucket_empty', retryable: true });
    expect(result.customerMessage('fr')).toContain('épuisée');
  });

  it('is pending until it is known, and can be followed to its end', async () => {
    const result = await client.topups.create(topup('0684587007'));
    if (result.status !== 'pending') throw new Error(result.status);
    const end = client.topups.waitFor(result.transaction);
    server.settle('ko');
    await expect(end).resolves.toMatchObject({ status: 'refused', reason: 'supplier_refused' });
  });

  it('stops being followed when its caller gives up, with the sale still open', async () => {
    const result = await client.topups.create(topup('0684587007'));
    if (result.status !== 'pending') throw new Error(result.status);
    const end = client.topups.waitFor(result.transaction, { signal: AbortSignal.timeout(50) });
    await expect(end).rejects.toMatchObject({ name: 'AbortedError', sale: 'may_have_happened' });
  });

  it('is found by its reference, and not made again', async () => {
    const order = { ...topup('0684587587'), reference: 'till-4/1001' };
    const first = await client.topups.create(order);
    await expect(client.topups.lookup('till-4/1001')).resolves.toMatchObject({ status: first.status });
    // Another process, which knows nothing of the first.
    const second = await clientOf().topups.create(order);
    expect(second).toMatchObject({ status: 'ok', transaction: first.status === 'ok' && first.transaction });
    expect(server.sold('till-4/1001')).toBe(1);
    await expect(client.topups.lookup('till-4/9999')).resolves.toBeNull();
  });

  it('is made once for two callers with one reference at the same time', async () => {
    const order = { ...topup('0684587587'), reference: 'till-4/1002' };
    const results = await Promise.all([client.topups.create(order), client.topups.create(order)]);
    expect(results).toMatchObject([{ status: 'ok' }, { status: 'ok' }]);
    expect(server.sold('till-4/1002')).toBe(1);
  });

  it('is refused under a reference of another order', async () => {
    await client.topups.create({ ...topup('0684587587'), reference: 'till-4/1003' });
    const other = await client.topups.create({ ...topup('0612345678'), reference: 'till-4/1003' });
    expect(other).toMatchObject({ status: 'refused', reason: 'idempotency_conflict' });
    expect(server.sold('till-4/1003')).toBe(1);
  });

  it('is found behind other sales by a server that does not filter', async () => {
    const reference = 'till-4/1004';
    await client.topups.create({ ...topup('0684587587'), reference });
    for (let i = 0; i < 60; i++) await client.topups.create(topup('0684587587'));
    const unfiltered = ((url: string, init) => fetch(url.replace(/user=[^&]*&?/, ''), init)) as typeof fetch;
    const { baseUrl, clientId, clientSecret } = server;
    const careless = new TravelB2B({ baseUrl, clientId, clientSecret, fetch: unfiltered });
    await expect(careless.topups.lookup(reference)).resolves.toMatchObject({ status: 'ok' });
  });

  it('is not sent with a reference that no header can carry', async () => {
    const sale = client.topups.create({ ...topup('0684587587'), reference: 'Nº 5' });
    await expect(sale).rejects.toMatchObject({ name: 'UsageError', sale: 'cannot_have_happened' });
  });

  it('of an eSIM is decrypted with the private key alone', async () => {
    const { publicKey, privateKey } = await generateKeyPair();
    await expect(client.keys.set(publicKey)).resolves.toEqual({ key_type: 'rsa256', public_key_value: publicKey });
    await expect(client.keys.get()).resolves.toMatchObject({ public_key_value: publicKey });
    const result = await client.esims.create({ offer_id: named('eSIM Europe') });
    if (result.status !== 'ok') throw new Error(result.status);
    const code = result.transaction.parameters.activation_code ?? '';
    expect(lpaString({ activation_code: await decryptActivationCode(code, privateKey) })).toBe(ACTIVATION_CODE);

    const other = await generateKeyPair();
    const failed = decryptActivationCode(code, other.privateKey);
    await expect(failed).rejects.toMatchObject({ name: 'ActivationCodeError', sale: 'did_happen' });
  });
});

describe("the rest of the operator's own API", () => {
  it('is called whole, without a field that only an OpenTopup answers', async () => {
    const { baseUrl, clientId, clientSecret } = server;
    const asked = new Set<string>();
    let answers = '';
    const whole = new TravelB2B({
      baseUrl,
      clientId,
      clientSecret,
      onRequest: ({ operation }) => void asked.add(operation),
      fetch: async (...request) => {
        const response = await fetch(...request);
        answers += await response.clone().text();
        return response;
      },
    });
    const sim = { simId: '8991101200003204514' };
    const sale = await whole.topups.create(topup('0684587587'));
    const { transaction } = sale as Extract<typeof sale, { status: 'ok' }>;
    await Promise.all([
      whole.live(),
      allOf(whole.countries()),
      allOf(whole.currencies()),
      whole.offers.page(),
      whole.offers.get(offerId()),
      whole.offers.customise(server.offers.at(-1)?.id ?? '', { distributor_fees: 3, distributor_fees_type: 'value' }),
      whole.transactions.page(),
      whole.transactions.count(),
      whole.transactions.get(transaction.id),
      whole.suppliers.list(),
      whole.suppliers.simStatus(SUPPLIER_ID, sim),
      whole.suppliers.usage(SUPPLIER_ID, sim),
      whole.suppliers.globalBalances(SUPPLIER_ID, {
        startDate: '2026-01-01',
        endDate: '2026-01-31',
        zoneLevel: 'country',
      }),
      whole.keys.set((await generateKeyPair()).publicKey),
    ]);
    await whole.keys.get();
    expect([...asked].toSorted()).toEqual(['createToken', ...Object.keys(WIRE_ROUTES)].toSorted());
    for (const field of ['customer_message', 'reason', 'retryable', 'request_id', 'margin', 'public_price']) {
      expect(answers).not.toContain(`"${field}"`);
    }
  });

  it('lists every offer, however short its pages are', async () => {
    const names = (await allOf(client.offers.list())).map(({ name }) => name);
    expect(names).toEqual(server.offers.map(({ name }) => name));
    await expect(client.offers.page({ offset: 120, limit: 5 })).resolves.toHaveLength(2);
  });

  it('answers one offer as a list of one, which is the offer here', async () => {
    const offer = await client.offers.get(offerId());
    expect(offer).toMatchObject({ id: offerId(), distribution_fees: 2.08, distributor_fees: 2.08 });
    expectTypeOf(offer.margin).toEqualTypeOf<number | undefined>();
    const changed = await client.offers.customise(offerId(), { distributor_fees: 3, distributor_fees_type: 'value' });
    expect(changed.distributor_fees).toBe(3);
  });

  it('lists, counts and finds transactions, each once', async () => {
    const ids = (await allOf(client.transactions.list())).map(({ id }) => id);
    expect(ids).toEqual(server.transactions.map(({ id }) => id).toReversed());
    await expect(client.transactions.count({ status: 'pending' })).resolves.toBe(
      server.transactions.filter(({ status }) => status === 'pending').length,
    );
    await expect(client.transactions.page({ limit: 1 })).resolves.toMatchObject([{ id: ids[0] }]);
    await expect(client.transactions.get(ids[0] ?? '')).resolves.toMatchObject({ id: ids[0] });
  });

  it('lists a transaction once although new ones push it to the next page', async () => {
    const seen: string[] = [];
    for await (const { id } of client.transactions.list()) {
      if (seen.push(id) === 40) await client.topups.create(topup('0684587587'));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(server.transactions.length - 1);
  });

  it('gives transactions as CSV, as they come in', async () => {
    const stream = await client.transactions.csv({ limit: 3 });
    const lines = (await new Response(stream).text()).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe('id;status;user_id');
  });

  it('tells suppliers, SIMs, countries and currencies', async () => {
    await expect(client.suppliers.list()).resolves.toMatchObject([{ id: SUPPLIER_ID, status: 'approved' }]);
    const sim = { simId: '8991101200003204514' };
    await expect(client.suppliers.simStatus(SUPPLIER_ID, sim)).resolves.toMatchObject({ status: 'available' });
    await expect(client.suppliers.usage(SUPPLIER_ID, sim)).resolves.toMatchObject({ buckets: [{ name: 'Europe' }] });
    const span = { startDate: '2026-01-01', endDate: '2026-01-31', zoneLevel: 'country' } as const;
    await expect(client.suppliers.globalBalances(SUPPLIER_ID, span)).resolves.toMatchObject({ zones: [] });
    await expect(allOf(client.countries())).resolves.toMatchObject([{ iso_code: 'FR' }]);
    await expect(allOf(client.currencies())).resolves.toMatchObject([{ iso_code: 'EUR' }]);
  });

  it('says that it is alive to somebody without a token', async () => {
    const { baseUrl } = server;
    const stranger = new TravelB2B({ baseUrl, clientId: 'nobody', clientSecret: 'nothing' });
    await expect(stranger.live()).resolves.toEqual({ isAlive: true, version: '1.7.3' });
  });

  it('refuses what it does not have with an error that tells what', async () => {
    const missing = client.transactions.get(SUPPLIER_ID);
    await expect(missing).rejects.toMatchObject({
      name: 'AnswerError',
      status: 404,
      code: 60,
      reason: 'not_found',
      nothingDone: true,
    });
  });
});
