import { randomUUID } from 'node:crypto';
import type { Operator, TopupResult, Transaction, TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import type { ReversalRequestCreation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signInAs } from '../support/browser.ts';
import {
  callerWith,
  distributorClient,
  operatorOf,
  type PathCaller,
  signInClient,
  unitsOf,
} from '../support/caller.ts';
import { faultsOfAnswer } from '../support/description.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const WISH: ReversalRequestCreation = { reason: 'not_delivered', justification: 'No credit; ticket 4711' };
const PATIENCE = { timeout: 60_000, interval: 100 };
const LINE = { msisdn: '+33684587587' };

describe.each(ENGINES)('the reversal of a sale on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let paths: PathCaller;
  let operator: Operator;
  let operatorPaths: PathCaller;
  let offer: string;

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    server = await world.start(env);
    shop = distributorClient(server, world.demo);
    paths = await signInClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
    operatorPaths = callerWith(server, world.demo.admin_token);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    offer = world.offer('msisdn');
    await start();
  });
  afterAll(() => world.remove());

  const order = (reference: string = randomUUID(), msisdn = LINE.msisdn): Promise<TopupResult> =>
    shop.topups.create({ offer_id: offer, reference, parameters: { msisdn } }, { isNew: true });
  const sell = async (reference?: string): Promise<Transaction> => {
    const sale = await order(reference);
    if (sale.status !== 'ok') throw new Error(`not sold: ${sale.status}`);
    return sale.transaction;
  };
  const reverse = (id: string) => operator.transactions.reverse(id, WISH);
  const refusal = (doing: Promise<unknown>): Promise<unknown> =>
    doing.then(
      (done) => done,
      ({ status, reason }: { status: number; reason: string }) => [status, reason],
    );
  const eventsOf = async (id: string): Promise<Record<string, any>[]> =>
    (await paths.get('/v1/events?order=newest&limit=100')).body
      .filter(({ data }: { data: Record<string, unknown> }) => data['id'] === id || data['transaction_id'] === id)
      .toReversed();

  it('gives the unit back, and is told wherever the sale is', async () => {
    const reference = randomUUID();
    const sale = await sell(reference);
    const [units, ok, ko] = [
      await unitsOf(shop, offer),
      await shop.transactions.count({ status: 'ok' }),
      await shop.transactions.count({ status: 'ko' }),
    ];
    const request = await reverse(sale.id);
    expect(request).toMatchObject({ status: 'approved', transaction_id: sale.id, origin: 'operator', ...WISH });

    expect(await unitsOf(shop, offer)).toBe(units + 1);
    expect([await shop.transactions.count({ status: 'ok' }), await shop.transactions.count({ status: 'ko' })]).toEqual([
      ok - 1,
      ko + 1,
    ]);
    const told = { status: 'ko', reason: 'reversed', reversal: { reason: 'not_delivered' } };
    const answer = await paths.get(`/distributors/transactions/${sale.id}`);
    expect(answer.body).toMatchObject(told);
    expect(faultsOfAnswer('getDistributorTransactionDetail', answer)).toEqual([]);
    expect(await operator.transactions.get(sale.id)).toMatchObject(told);
    expect((await allOf(shop.transactions.list({ status: 'ko' }))).map(({ id }) => id)).toContain(sale.id);
    expect((await allOf(shop.transactions.list({ status: 'ok' }))).map(({ id }) => id)).not.toContain(sale.id);
    const csv = await new Response(await shop.transactions.csv({ status: 'ko' })).text();
    expect(csv.split('\n').find((row) => row.startsWith(sale.id))).toMatch(/,not_delivered,\d{4}-/);

    // Its key gets the answer that counts now; the same order needs a new one.
    expect(await order(reference)).toMatchObject({ status: 'refused', reason: 'reversed', retryable: false });
    // Events are shown once older transactions have ended.
    await vi.waitFor(
      async () =>
        expect((await eventsOf(sale.id)).map(({ type, data }) => [type, data.status, data.reversal?.reason])).toEqual([
          ['transaction.completed', 'ok', undefined],
          ['transaction.reversed', 'ko', 'not_delivered'],
        ]),
      { timeout: 60_000 },
    );
    expect((await operatorPaths.get(`/admin/v1/offers/${offer}/movements?limit=1`)).body[0]).toMatchObject({
      kind: 'return',
      transaction_id: sale.id,
      justification: WISH.justification,
    });
    const { totals, reversed } = (await paths.get('/v1/overview')).body;
    expect(reversed).toEqual({ orders: 1, value: [{ amount: sale.resell_value, currency: 'EUR' }] });
    expect(totals.ok).toBe(ok);
    expect((await operator.verifyLedger()).verified).toBe(true);
  });

  it('is booked once, however many reverse the sale at the same moment', async () => {
    const sale = await sell();
    const units = await unitsOf(shop, offer);
    const done = await Promise.all(Array.from({ length: 5 }, () => refusal(reverse(sale.id))));
    expect(done.filter((each) => !Array.isArray(each))).toHaveLength(1);
    const refused = done.filter(Array.isArray).map(([status, reason]) => `${status} ${reason}`);
    expect(refused).toEqual(Array(4).fill('409 already_reversed'));
    expect(await unitsOf(shop, offer)).toBe(units + 1);
  });

  it('is only of a sale that is ok', async () => {
    const [failed, pending] = await Promise.all([order(undefined, '0684587002'), order(undefined, '0684587009')]);
    const idOf = (sale: TopupResult): string =>
      (sale.status === 'refused' ? sale.transactionId : sale.transaction.id) ?? '';
    for (const sale of [failed, pending]) expect(await refusal(reverse(idOf(sale)))).toEqual([409, 'not_sold']);
    expect(await refusal(reverse(randomUUID()))).toEqual([404, 'not_found']);
    const other = distributorClient(server, world.demo.other);
    const { id } = await sell();
    expect(await refusal(other.opentopup.reversalRequests.create(id, WISH))).toEqual([404, 'not_found']);
  });

  it('may be asked for by who has sold it: the operator decides, and both are told', async () => {
    const { id } = await sell();
    const { reversalRequests } = shop.opentopup;
    const asked = await reversalRequests.create(id, WISH);
    expect(asked).toMatchObject({ status: 'open', transaction_id: id });
    expect(await refusal(reversalRequests.create(id, WISH))).toEqual([409, 'reversal_requested']);
    expect(await refusal(reverse(id))).toEqual([409, 'reversal_requested']);
    const [open] = await allOf(operator.reversalRequests.list({ status: 'open' }));
    expect(open).toMatchObject({ id: asked.id, origin: 'distributor', second_person: false });

    const decide = (request: string, decision: 'approve' | 'decline') =>
      operator.reversalRequests.decide(request, { decision, justification: 'Looked into it' });
    expect(await decide(asked.id, 'decline')).toMatchObject({ status: 'declined' });
    expect(await refusal(decide(asked.id, 'approve'))).toEqual([409, 'already_decided']);
    expect((await shop.transactions.get(id)).status).toBe('ok');

    const again = await reversalRequests.create(id, WISH);
    expect(await decide(again.id, 'approve')).toMatchObject({ status: 'approved' });
    expect((await shop.transactions.get(id)).status).toBe('ko');
    expect((await allOf(reversalRequests.list())).map(({ status }) => status).slice(0, 2)).toEqual([
      'approved',
      'declined',
    ]);
    const told = [
      'transaction.completed',
      'reversal.requested',
      'reversal.declined',
      'reversal.requested',
      'transaction.reversed',
    ];
    await vi.waitFor(async () => expect((await eventsOf(id)).map(({ type }) => type)).toEqual(told), PATIENCE);
    const entries = (await operatorPaths.get(`/admin/v1/audit?subject=${id}`)).body;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'transaction.reversed',
      'reversal.requested',
      'reversal.declined',
      'reversal.requested',
    ]);
  });

  it('lets the line be sold again, where a guard keeps it from being sold twice', async () => {
    const set = (minutes: number | null) => shop.opentopup.settings.change({ repeat_guard_minutes: minutes });
    const line = '0684580099';
    const first = await order(undefined, line);
    if (first.status !== 'ok') throw new Error('not sold');
    await set(5);
    expect(await order(undefined, line)).toMatchObject({ status: 'refused', reason: 'recently_recharged' });
    await reverse(first.transaction.id);
    expect(await order(undefined, line)).toMatchObject({ status: 'ok' });
    await set(null);
  });

  it('needs a second person above the price that is set', async () => {
    await server.stop();
    await start({ REVERSAL_SECOND_PERSON_ABOVE: '5' });
    const admin = await signInAs(server, world.demo.console.operator);
    const decide = (by: Pick<PathCaller, 'post'>, id: string) =>
      by.post(`/admin/v1/reversal-requests/${id}/decision`, { decision: 'approve', justification: 'Yes' });

    const { id } = await sell();
    const asked = await reverse(id);
    expect(asked).toMatchObject({ status: 'open', second_person: true });
    expect((await shop.transactions.get(id)).status).toBe('ok');
    expect((await decide(operatorPaths, asked.id)).body.reason).toBe('second_person_needed');
    expect((await decide(admin as never, asked.id)).status).toBe(201);
    expect((await shop.transactions.get(id)).status).toBe('ko');

    const own = (await admin.post(`/admin/v1/transactions/${(await sell()).id}/reversals`, WISH)).body;
    expect(own).toMatchObject({ status: 'open' });
    expect((await decide(admin as never, own.id)).body.reason).toBe('second_person_needed');
  });

  it('is booked on proof by the supplier, where the operator has set that; what proves delivered after all is sold', async () => {
    await server.stop();
    await start({ SUPPLIER_REVERSALS: 'book' });
    const [taken, pending] = await Promise.all([order(undefined, '0684580013'), order(undefined, '0684580010')]);
    if (taken.status !== 'ok' || pending.status !== 'pending') throw new Error('not as the simulator has it');
    const [{ id }, { id: given_up }] = [taken.transaction, pending.transaction];
    await operator.transactions.resolve(given_up, { status: 'ko', justification: 'It took too long' });

    const reversed = { status: 'ko', reason: 'reversed', reversal: { reason: 'refunded' } };
    const late = { status: 'ok', late_delivery: { owed: false } };
    await vi.waitFor(async () => expect(await shop.transactions.get(id)).toMatchObject(reversed), PATIENCE);
    await vi.waitFor(async () => expect(await shop.transactions.get(given_up)).toMatchObject(late), PATIENCE);
    // Events show once what was begun before them has ended.
    const told = [
      ['transaction.pending', 'pending'],
      ['transaction.resolved', 'ko'],
      ['transaction.delivered_late', 'ok'],
    ];
    await vi.waitFor(
      async () => expect((await eventsOf(given_up)).map(({ type, data }) => [type, data.status])).toEqual(told),
      PATIENCE,
    );
    expect((await operator.verifyLedger()).verified).toBe(true);
  });
});
