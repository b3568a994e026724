import type { TopupResult, Transaction, TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import type { ResolutionCreation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { distributorClient, operatorOf, signInClient, unitsOf } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const LINE = (ending: string): { msisdn: string } => ({ msisdn: `0684587${ending}` });

/** A sale that nobody knows the outcome of. */
async function pending(sale: Promise<TopupResult>): Promise<Transaction> {
  const result = await sale;
  if (result.status !== 'pending') throw new Error(`not pending, but ${JSON.stringify(result)}`);
  return result.transaction;
}

describe.each(ENGINES)('a sale without an answer on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let offerId: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = distributorClient(server, world.demo);
    offerId = world.offer('msisdn');
  });
  afterAll(() => world.remove());

  /** The reference is the key as well, so ordering again asks what became of the first order. */
  const sell = (ending: string, reference?: string, by = shop): Promise<TopupResult> =>
    by.topups.create({ offer_id: offerId, parameters: LINE(ending), ...(reference && { reference }) }, { isNew: true });
  const endOf = (transaction: Transaction): Promise<TopupResult> =>
    shop.topups.waitFor(transaction, { signal: AbortSignal.timeout(60_000) });

  it('that was delivered is sold as soon as the supplier says so, and its key then answers ok', async () => {
    const before = await unitsOf(shop, offerId);
    const { id } = await pending(sell('007', 'late-ok'));
    expect(await endOf({ id } as Transaction)).toMatchObject({ status: 'ok', transaction: { id } });
    expect(await unitsOf(shop, offerId)).toBe(before - 1);
    expect(await sell('007', 'late-ok')).toMatchObject({ status: 'ok', transaction: { id } });
  });

  it('that was not delivered gives its unit back once the supplier can be sure', async () => {
    const before = await unitsOf(shop, offerId);
    const sale = await pending(sell('008', 'late-ko'));
    expect(await unitsOf(shop, offerId)).toBe(before - 1);
    const refusal = { status: 'refused', reason: 'supplier_unavailable', transactionId: sale.id };
    expect(await endOf(sale)).toMatchObject(refusal);
    expect(await unitsOf(shop, offerId)).toBe(before);
    expect(await sell('008', 'late-ko')).toMatchObject(refusal);
  });

  it('nor any proof stays pending, its unit held, and the ledger proves it', async () => {
    const before = await unitsOf(shop, offerId);
    const sale = await pending(sell('009'));
    // One that is looked into later and ends shows that this one has been looked into as well.
    await endOf(await pending(sell('007')));
    expect(await shop.transactions.get(sale.id)).toMatchObject({ status: 'pending' });
    expect(await unitsOf(shop, offerId)).toBe(before - 2);
  });

  it.each([
    ['ok', { status: 'ok' }, -1],
    ['ko', { status: 'refused', reason: 'not_delivered', retryable: true }, 0],
    ['expired', { status: 'refused', reason: 'expired', retryable: false }, 0],
  ] as const)('nor any proof is ended as %s by a person, once, with a reason that is kept', async (...row) => {
    const [decision, told, change] = row;
    const operator = operatorOf(server, world.demo.admin_token);
    const before = await unitsOf(shop, offerId);
    const { id } = await pending(sell('009', `decided-${decision}`));

    const justification = 'The operator’s records; ticket 4711';
    const decide = (body: object) => operator.transactions.resolve(id, body as ResolutionCreation);
    await expect(decide({ status: decision })).rejects.toMatchObject({ code: 23, reason: 'missing_body_field' });
    expect(await decide({ status: decision, justification })).toMatchObject({ id, status: decision });
    const opposite = { status: decision === 'ok' ? 'ko' : 'ok', justification };
    await expect(decide(opposite)).rejects.toMatchObject({ status: 409, reason: 'already_final' });
    await expect(decide({ status: decision, justification })).rejects.toMatchObject({ status: 409 });

    expect((await shop.transactions.get(id)).status).toBe(decision);
    expect((await operator.transactions.get(id)).decision).toMatchObject({ decided_by: 'operator', justification });
    expect(await unitsOf(shop, offerId)).toBe(before + change);
    expect(await sell('009', `decided-${decision}`)).toMatchObject(told);
    const [entry] = await allOf(operator.audit({ subject: id }));
    expect(entry).toMatchObject({
      actor: 'operator',
      action: 'transaction.resolved',
      details: { status: decision, justification },
    });
  });

  it('cannot be decided by a distributor, nor where there is no such transaction', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000';
    const decision = { status: 'ok', justification: 'x' } as const;
    const { token } = await signInClient(server, world.demo);
    const decide = (adminToken: string) => operatorOf(server, adminToken).transactions.resolve(nobody, decision);
    await expect(decide(token)).rejects.toMatchObject({ name: 'AuthenticationError', status: 401 });
    await expect(decide(world.demo.admin_token)).rejects.toMatchObject({ status: 404 });
  });

  it('because its server was killed is settled by the next one', async () => {
    const slow = await (async () => {
      await server.stop();
      return world.start({ SIMULATOR_LATENCY_MS: '60000', SUPPLIER_DEADLINE_MS: '1000' });
    })();
    const first = distributorClient(slow, world.demo);
    const before = await unitsOf(first, offerId);
    const selling = ['587', '002', '008'].map((ending) => sell(ending, undefined, first).catch(() => null));
    await vi.waitFor(async () => expect(await unitsOf(first, offerId)).toBe(before - 3), { timeout: 60_000 });
    await slow.kill();
    await Promise.all(selling);

    server = await world.start({ SUPPLIER_DEADLINE_MS: '1000' });
    shop = distributorClient(server, world.demo);
    const [last] = await shop.transactions.page({ limit: 1 });
    expect(last?.status).toBe('pending');
    await vi.waitFor(
      async () => {
        const three = await shop.transactions.page({ limit: 3 });
        expect(three.map(({ status }) => status).toSorted()).toEqual(['ko', 'ko', 'ok']);
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(await unitsOf(shop, offerId)).toBe(before - 1);

    await server.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(sums).toMatchObject({ pending: 1, held: 1 });
  });
});

describe('two servers on one PostgreSQL', () => {
  it('finish the transactions of the one that was killed', async () => {
    const world = await createWorld('postgresql');
    onTestFinished(() => world.remove());
    const [dying, living] = await Promise.all([
      world.start({ SIMULATOR_LATENCY_MS: '60000', SUPPLIER_DEADLINE_MS: '1000' }),
      world.start({ SUPPLIER_DEADLINE_MS: '1000' }),
    ]);
    const [first, second] = [distributorClient(dying, world.demo), distributorClient(living, world.demo)];
    const offerId = world.offer('msisdn');
    const before = await unitsOf(second, offerId);
    const selling = Array.from({ length: 30 }, (_, i) =>
      first.topups.create({ offer_id: offerId, parameters: LINE(String(100 + i)) }).catch(() => null),
    );
    await vi.waitFor(async () => expect(await unitsOf(second, offerId)).toBe(before - 30), { timeout: 60_000 });
    await dying.kill();
    await Promise.all(selling);
    await vi.waitFor(
      async () => {
        const sales = await second.transactions.page({ limit: 30 });
        expect(sales.filter(({ status }) => status === 'ok')).toHaveLength(30);
      },
      { timeout: 60_000, interval: 500 },
    );
    await living.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(sums).toMatchObject({ held: 0, sold: 30 });
  });
});
