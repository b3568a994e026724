import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type TopupResult, TravelB2B, TravelB2BError, type TravelB2BOptions } from '@opentopup/client';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { neverSent } from '../src/never-sent.ts';
import { type FaultProxy, type NetworkFault, startFaultProxy } from './support/fault-proxy.ts';
import { OperatorServer } from './support/operator-server.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';
import { SELF_SIGNED } from './support/self-signed.ts';

const TIMEOUT_MS = 1_500;
const SALE = ['POST', '/distributors/transactions'] as const;
const LIST = ['GET', '/distributors/transactions'] as const;

/** A server behind a proxy, and what it has really sold. */
interface Place {
  proxy: FaultProxy;
  client: TravelB2B;
  /** A client of its own: one that knows nothing yet. */
  newClient: (options?: Partial<TravelB2BOptions>) => TravelB2B;
  order: (msisdn?: string) => { offer_id: string; parameters: { msisdn: string }; reference: string };
  sold: (reference: string) => Promise<number>;
}

let operator: OperatorServer;
let program: DemoProgram;
const places: { operator?: Place; opentopup?: Place } = {};

async function place(
  target: string,
  base: string,
  access: { clientId: string; clientSecret: string },
  offer_id: string,
  sold: Place['sold'],
): Promise<Place> {
  const proxy = await startFaultProxy(target);
  const newClient: Place['newClient'] = (options = {}) =>
    new TravelB2B({ baseUrl: proxy.url + base, ...access, timeout_ms: TIMEOUT_MS, retries: 1, ...options });
  return {
    proxy,
    sold,
    newClient,
    client: newClient(),
    order: (msisdn = '0684587587') => ({ offer_id, parameters: { msisdn }, reference: randomUUID() }),
  };
}

beforeAll(async () => {
  [operator, program] = await Promise.all([new OperatorServer().start(), startDemoProgram()]);
  operator.tokens.limit = Number.POSITIVE_INFINITY;
  const { clientId, clientSecret, offers } = operator;
  const access = { clientId, clientSecret };
  const offer = offers[0]?.id ?? '';
  places.operator = await place(operator.origin, '/travel-b2b/v1', access, offer, async (reference) =>
    operator.sold(reference),
  );
  const direct = new TravelB2B({ baseUrl: program.baseUrl, ...program.shop });
  places.opentopup = await place(program.baseUrl, '', program.shop, program.offer('msisdn'), async (reference) => {
    const made = await direct.transactions.page({ user: reference });
    return made.filter(({ status }) => status === 'ok').length;
  });
});
afterEach(() => {
  places.operator?.proxy.heal();
  places.opentopup?.proxy.heal();
});
afterAll(async () => {
  await Promise.all([places.operator?.proxy.stop(), places.opentopup?.proxy.stop()]);
  await Promise.all([operator.stop(), program.stop()]);
});

const at = (name: 'operator' | 'opentopup'): Place => {
  const found = places[name];
  if (!found) throw new Error(name);
  return found;
};

const outcome = (work: Promise<TopupResult>): Promise<TopupResult | TravelB2BError> =>
  work.catch((error: unknown) => {
    if (error instanceof TravelB2BError) return error;
    throw error;
  });

/** Whether what was said of a sale agrees with what was sold. */
function isTrue({ said, sold }: { said: TopupResult | TravelB2BError; sold: number }): boolean {
  if (sold > 1) return false;
  if (!(said instanceof TravelB2BError)) return (said.status === 'ok') === (sold === 1);
  return said.sale === 'may_have_happened' || (said.sale === 'did_happen') === (sold === 1);
}

const cut = (passOn: boolean): NetworkFault => ({ kind: 'cut', passOn });
const answer = (status: number, passOn: boolean, body = ''): NetworkFault => ({ kind: 'answer', status, passOn, body });
const garbage = (passOn: boolean): NetworkFault => ({ kind: 'garbage', passOn });
const API_ERROR = JSON.stringify({ code: 1, message: 'Internal Server Error', description: 'internal error' });

/** Whatever may go wrong, in any order. */
const FAULTS: fc.Arbitrary<NetworkFault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('cut', 'garbage'), passOn: fc.boolean() }),
  fc.constantFrom<NetworkFault>({ kind: 'cut_amid' }, { kind: 'slow', ms: 300 }),
  fc.record({
    kind: fc.constant('answer'),
    passOn: fc.boolean(),
    status: fc.constantFrom(200, 201, 400, 404, 500, 502, 503, 504),
    body: fc.constantFrom('', '{}', '<html>'),
  }),
  fc.record({
    kind: fc.constant('answer'),
    passOn: fc.boolean(),
    status: fc.constantFrom(500, 503),
    body: fc.constant(API_ERROR),
  }),
);

/** Faults after which nobody can know, whether the server has sold nevertheless, and the error that they are. */
const DOUBTFUL: [string, NetworkFault, boolean, string][] = [
  ['cut before it is passed on', cut(false), false, 'ConnectionError'],
  ['cut after it was carried out', cut(true), true, 'ConnectionError'],
  ['cut in the middle of the answer', { kind: 'cut_amid' }, true, 'ConnectionError'],
  ['answered too late', { kind: 'slow', ms: TIMEOUT_MS + 200 }, true, 'TimeoutError'],
  ['passed on too late', { kind: 'delay', ms: TIMEOUT_MS + 100 }, true, 'TimeoutError'],
  ['answered 500 by a proxy', answer(500, false), false, 'AnswerError'],
  ['answered 500 by the API after it was carried out', answer(500, true, API_ERROR), true, 'AnswerError'],
  ['answered 503 by a proxy that has not passed it on', answer(503, false, '<html>'), false, 'AnswerError'],
  ['answered 503 by a proxy that has', answer(503, true, '<html>'), true, 'AnswerError'],
  ['answered 400 by a proxy', answer(400, true, '<html>'), true, 'AnswerError'],
  ['answered 201 with something else', answer(201, true, '{"hello":"world"}'), true, 'UnreadableAnswerError'],
  ['answered 200 with a web page', answer(200, false, '<html>'), false, 'UnreadableAnswerError'],
  ['answered with garbage', garbage(false), false, 'ConnectionError'],
  ['answered with garbage after it was carried out', garbage(true), true, 'ConnectionError'],
];

describe("an order to the operator's own API, which keeps no keys", () => {
  it.each(DOUBTFUL)('that is %s is looked for, and never sent again', async (_, fault, isSold) => {
    const { proxy, client, order, sold } = at('operator');
    const wanted = order();
    proxy.fail(...SALE, fault);
    const said = await outcome(client.topups.create(wanted));
    if (isSold) expect(said).toMatchObject({ status: 'ok', reference: wanted.reference });
    else expect(said).toMatchObject({ sale: 'may_have_happened', reference: wanted.reference });
    expect(await sold(wanted.reference)).toBe(isSold ? 1 : 0);
    expect(operator.log.filter((line) => line.startsWith('POST /travel-b2b')).length).toBe(
      operator.transactions.length,
    );
  });

  it.each(DOUBTFUL)('that is %s and cannot be looked for is an error of its kind', async (_, fault, isSold, name) => {
    const { proxy, newClient, order, sold } = at('operator');
    const wanted = order();
    proxy.fail(...SALE, fault);
    proxy.fail(...LIST, answer(502, false));
    const said = await outcome(newClient({ retries: 0 }).topups.create(wanted, { isNew: true }));
    expect(said).toMatchObject({ name, sale: 'may_have_happened', reference: wanted.reference, nothingDone: false });
    // What was passed on late is carried out late.
    await vi.waitFor(async () => expect(await sold(wanted.reference)).toBe(isSold ? 1 : 0), { timeout: 60_000 });
  });

  it('may be ordered again under its reference, and is sold once', async () => {
    const { proxy, newClient, order, sold } = at('operator');
    for (const fault of [cut(false), cut(true)]) {
      const wanted = order();
      proxy.fail(...SALE, fault);
      // Nothing can be found out either.
      proxy.fail(...LIST, ...Array<NetworkFault>(4).fill(answer(502, false)));
      const till = newClient({ retries: 0 });
      const said = await outcome(till.topups.create({ ...wanted }, { isNew: true }));
      expect(said).toMatchObject({ sale: 'may_have_happened' });
      proxy.heal();
      await expect(till.topups.create(wanted)).resolves.toMatchObject({ status: 'ok' });
      expect(await sold(wanted.reference)).toBe(1);
    }
  });

  it('is not sent at all while it cannot be found out whether it was sent before', async () => {
    const { proxy, client, order, sold } = at('operator');
    const wanted = order();
    proxy.fail(...LIST, answer(502, false), answer(200, false, '{}'));
    const said = await outcome(client.topups.create(wanted));
    // It may have been: by an earlier call, of which this one knows nothing.
    expect(said).toMatchObject({ sale: 'may_have_happened', reference: wanted.reference });
    expect(await sold(wanted.reference)).toBe(0);
  });

  it('that is said to be sold, but not as which transaction, did happen', async () => {
    const { proxy, newClient, order } = at('operator');
    proxy.fail(...SALE, answer(201, true, '{"status":"ok"}'));
    proxy.fail(...LIST, answer(502, false));
    const said = await outcome(newClient({ retries: 0 }).topups.create(order(), { isNew: true }));
    expect(said).toMatchObject({ name: 'UnreadableAnswerError', sale: 'did_happen' });
  });

  it('cannot be found without its reference in user_id, and says so at once', async () => {
    const { proxy, client, order } = at('operator');
    proxy.fail(...SALE, cut(true));
    const begin = performance.now();
    const said = await outcome(client.topups.create({ ...order(), user_id: 'customer 7' }));
    expect(said).toMatchObject({ name: 'ConnectionError', sale: 'may_have_happened' });
    expect(performance.now() - begin).toBeLessThan(TIMEOUT_MS);
  });
});

describe('an order to an OpenTopup, which keeps keys', () => {
  it.each(DOUBTFUL)('that is %s is sent again under its key, and sold once', async (_, fault) => {
    const { proxy, client, order, sold } = at('opentopup');
    const wanted = order();
    proxy.fail(...SALE, fault);
    const result = await client.topups.create(wanted);
    expect(result).toMatchObject({ status: 'ok', reference: wanted.reference });
    expect(await sold(wanted.reference)).toBe(1);
  });

  it('is found even where its user_id is the customer’s', async () => {
    const { proxy, client, order, sold } = at('opentopup');
    proxy.fail(...SALE, cut(true));
    const user_id = randomUUID();
    await expect(client.topups.create({ ...order(), user_id })).resolves.toMatchObject({ status: 'ok' });
    expect(await sold(user_id)).toBe(1);
  });

  it('that fails for good is found by its reference', async () => {
    const { proxy, client, order, sold } = at('opentopup');
    const wanted = order();
    proxy.fail(...SALE, cut(true), cut(false));
    await expect(client.topups.create(wanted)).resolves.toMatchObject({ status: 'ok' });
    expect(await sold(wanted.reference)).toBe(1);
  });
});

describe.each(['operator', 'opentopup'] as const)('against %s', (name) => {
  it('an order that finds nobody listening cannot have been sold, and is sent once somebody does', async () => {
    const { proxy, client, newClient, order, sold } = at(name);
    const wanted = order();
    await client.offers.page({ limit: 1 });
    await proxy.refuse();
    const till = newClient({ retries: 0 });
    const said = await outcome(till.topups.create(wanted, { isNew: true }));
    expect(said).toMatchObject({ name: 'ConnectionError', nothingDone: true, sale: 'cannot_have_happened' });
    const patient = newClient({ retries: 5 }).topups.create(wanted, { isNew: true });
    await proxy.accept();
    await expect(patient).resolves.toMatchObject({ status: 'ok' });
    expect(await sold(wanted.reference)).toBe(1);
  });

  it('an order that finds nobody listening may have been sold where an earlier call may have sent it', async () => {
    const { proxy, newClient, order } = at(name);
    await proxy.refuse();
    const wanted = order();
    const said = await outcome(newClient({ retries: 0 }).topups.create(wanted));
    expect(said).toMatchObject({ nothingDone: true, sale: 'may_have_happened', reference: wanted.reference });
    await proxy.accept();
  });

  it('an order over a connection that was kept open and has died may have been sold', async () => {
    const { proxy, newClient, order } = at(name);
    const till = newClient({ retries: 0 });
    await till.topups.create(order());
    proxy.fail(...SALE, cut(false));
    const said = await outcome(till.topups.create({ ...order(), user_id: 'customer 7' }, { isNew: true }));
    expect(said).toMatchObject({ name: 'ConnectionError', nothingDone: false, sale: 'may_have_happened' });
  });

  it('an order that is limited before it is carried out is sent again when it may be', async () => {
    const { proxy, client, order, sold } = at(name);
    const wanted = order();
    proxy.fail(...SALE, { kind: 'answer', status: 429, passOn: false, headers: { 'Retry-After': '1' } });
    const begin = performance.now();
    await expect(client.topups.create(wanted)).resolves.toMatchObject({ status: 'ok' });
    expect(performance.now() - begin).toBeGreaterThan(990);
    expect(await sold(wanted.reference)).toBe(1);
  });

  it('an order whose caller gives up in the middle may have been sold, and before it cannot', async () => {
    const { proxy, client, order } = at(name);
    proxy.fail(...SALE, { kind: 'slow', ms: 300 });
    const till = client;
    await till.offers.page({ limit: 1 });
    const amid = till.topups.create(order(), { isNew: true, signal: AbortSignal.timeout(100) });
    await expect(outcome(amid)).resolves.toMatchObject({ name: 'AbortedError', sale: 'may_have_happened' });
    const before = till.topups.create(order(), { isNew: true, signal: AbortSignal.abort() });
    await expect(outcome(before)).resolves.toMatchObject({ name: 'AbortedError', sale: 'cannot_have_happened' });
  });

  it('what only reads is repeated until it is answered', async () => {
    const { proxy, client } = at(name);
    proxy.fail('GET', '/distributors/offers', answer(503, false));
    await expect(client.offers.page({ limit: 1 })).resolves.toHaveLength(1);
    proxy.fail('GET', '/distributors/offers', cut(false), cut(false));
    await expect(client.offers.page()).rejects.toMatchObject({ name: 'ConnectionError', nothingDone: false });
  });

  it('no order is sold twice, and what is said of it is true, whatever goes wrong in whatever order', async () => {
    const { proxy, newClient, order, sold } = at(name);
    const faults = fc.array(FAULTS, { minLength: 10, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(faults, faults, async (onSale, onList) => {
        proxy.fail(...SALE, ...onSale);
        proxy.fail(...LIST, ...onList);
        proxy.fail('POST', '/oauth/v3/token', cut(true));
        const till = newClient({ timeout_ms: 200 });
        const orders = Array.from({ length: 12 }, () => order());
        const said = await Promise.all(
          orders.map((each, i) => outcome(till.topups.create(each, { isNew: i % 2 === 0 }))),
        );
        proxy.heal();
        for (const [i, { reference }] of orders.entries()) {
          expect({ said: said[i], sold: await sold(reference) }).toSatisfy(isTrue);
        }
        // Each order is repeated by somebody who knows only its reference.
        const patient = newClient({ timeout_ms: 10_000 });
        const again = await Promise.all(orders.map((each) => outcome(patient.topups.create(each))));
        expect(again).toMatchObject(orders.map(() => ({ status: 'ok' })));
        for (const { reference } of orders) expect(await sold(reference)).toBe(1);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});

describe('an address where nobody speaks HTTP', () => {
  const parameters = { msisdn: '0684587587' };

  it('cannot have sold where nobody vouches for its certificate', async () => {
    const untrusted = createTlsServer(SELF_SIGNED, () => {}).listen(0, '127.0.0.1');
    await once(untrusted, 'listening');
    const { port } = untrusted.address() as AddressInfo;
    const till = new TravelB2B({ baseUrl: `https://127.0.0.1:${port}`, clientId: 'a', clientSecret: 'b', retries: 0 });
    const said = await outcome(till.topups.create({ offer_id: randomUUID(), parameters }));
    expect(said).toMatchObject({ name: 'ConnectionError', nothingDone: true, sale: 'cannot_have_happened' });
    expect(neverSent((said as Error).cause)).toBe(true);
    untrusted.close();
  });

  it('cannot have sold where its name is unknown', async () => {
    const till = new TravelB2B({
      baseUrl: 'http://no.such.host.invalid',
      clientId: 'a',
      clientSecret: 'b',
      retries: 0,
    });
    const said = await outcome(till.topups.create({ offer_id: randomUUID(), parameters }));
    expect(said).toMatchObject({ name: 'ConnectionError', nothingDone: true, sale: 'cannot_have_happened' });
  });

  it('cannot have sold where it keeps silent before a token was had', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const options = { clientId: 'a', clientSecret: 'b', retries: 0, timeout_ms: 100 };
    const till = new TravelB2B({ baseUrl: `http://127.0.0.1:${port}`, ...options });
    const said = await outcome(till.topups.create({ offer_id: randomUUID(), parameters }));
    expect(said).toMatchObject({ name: 'TimeoutError', sale: 'cannot_have_happened' });
    silent.close();
  });
});
