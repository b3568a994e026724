import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerProofStep, LedgerReport } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { type LedgerProgress, verifyLedger } from '../../src/ledger/verify-ledger.ts';
import { createStore } from '../../src/sales/store.ts';
import { callerWith, operatorOf, type PathCaller, signInClient } from '../support/caller.ts';
import { IS_CITUS } from '../support/database.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const PROOF = '/admin/v1/ledger/verification';

describe.each(STORAGE_ENGINES)('the proof of the ledger on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;
  let offerId: string;
  let noon: string;
  /** Once the server has stopped. */
  let db: Db | undefined;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    operator = callerWith(server, world.demo.admin_token);
    offerId = world.offer('small');
    const shop = await signInClient(server, world.demo);
    const sell = (ending: number) => shop.sell(offerId, { msisdn: `0684587${ending}` });
    await Promise.all(Array.from({ length: 20 }, (_, i) => sell(100 + i)));
    await Promise.all(['001', '002', '009'].map((ending) => shop.sell(offerId, { msisdn: `0684587${ending}` })));
    noon = new Date().toISOString();
    // What follows has to come in a later millisecond.
    await sleep(5);
    await sell(200);
    const more = { units: 50, reference: 'PO-1', justification: 'More' };
    await operator.post(`/admin/v1/offers/${offerId}/grants`, more);
  });
  afterAll(async () => {
    await db?.close();
    await world.remove();
  });

  /** Changes the ledger behind the database's back, as somebody with the keys to it could, and makes the proof. */
  const tamper = async (...changes: string[]): Promise<LedgerReport> => {
    if (!db) {
      await server.stop();
      db = await world.openDb();
    }
    await db.script('ALTER TABLE movements DISABLE TRIGGER append_only');
    for (const change of changes) await db.query(change, [offerId]);
    await db.script('ALTER TABLE movements ENABLE TRIGGER append_only');
    return verifyLedger({ store: createStore(db), now: () => new Date() }, { offerId });
  };

  it('holds for everything that was sold, refused, held and granted', async () => {
    const { status, body } = await operator.get(PROOF);
    expect(status).toBe(200);
    expect(body).toMatchObject({ verified: true, faults: [], buckets: world.demo.offers.length * 2 });
    const { granted, available, held, sold } = body.sums;
    expect(available + held + sold).toBe(granted);
    const one = await operator.get(`${PROOF}?offer=${offerId}`);
    expect(one.body).toMatchObject({
      verified: true,
      buckets: 1,
      movements: 1 + 2 * 21 + 2 * 2 + 1 + 1,
      transactions: 24,
      sums: { granted: 150, available: 128, held: 1, sold: 21 },
    });
  });

  it('is told to who follows it: how far it is, and at last the same report', async () => {
    const follow = operatorOf(server, world.demo.admin_token).followVerification(offerId);
    const steps: LedgerProofStep[] = [];
    for await (const step of follow) steps.push(step);
    expect(steps[0]).toMatchObject({ type: 'progress' });
    const { date: _, ...report } = (await operator.get(`${PROOF}?offer=${offerId}`)).body;
    expect(steps.at(-1)).toMatchObject({ type: 'report', report });
  });

  it('tells the stock of an earlier instant', async () => {
    const at = (date: string): Promise<Record<string, any>> =>
      operator.get(`/admin/v1/offers/${offerId}/stock?at=${encodeURIComponent(date)}`).then(({ body }) => body);
    expect((await at(noon))['bucket']).toEqual({ granted: 100, available: 79, held: 1, sold: 20 });
    expect((await at('2020-01-01T00:00:00Z'))['bucket']).toEqual({ granted: 0, available: 0, held: 0, sold: 0 });
    const now = await operator.get(`/admin/v1/offers/${offerId}/stock`);
    expect(now.body.bucket).toEqual({ granted: 150, available: 128, held: 1, sold: 21 });
  });

  it('is for the operator only', async () => {
    const shop = await signInClient(server, world.demo);
    expect((await shop.get(PROOF)).status).toBe(401);
  });

  it('stops where it is told to, and leaves nothing behind', async () => {
    await tamper();
    const stop = new AbortController();
    const told: LedgerProgress[] = [];
    const onProgress = (progress: LedgerProgress) => {
      told.push(progress);
      stop.abort();
    };
    const ctx = { store: createStore(db as Db), now: () => new Date() };
    await expect(verifyLedger(ctx, {}, { signal: stop.signal, onProgress })).rejects.toThrow(/abort/);
    expect(told).toHaveLength(1);
    expect(told[0]?.movements).toBeLessThan(told[0]?.of ?? 0);
    expect(await verifyLedger(ctx, {})).toMatchObject({ verified: true });
  });

  // Of a shard, the coordinator does not switch the trigger off.
  it.skipIf(IS_CITUS)('names the movement that was changed', async () => {
    const report = await tamper(`UPDATE movements SET at = at + interval '1 s' WHERE offer_id = $1 AND seq = 7`);
    expect(report).toMatchObject({ verified: false, faults: [{ kind: 'changed_movement', seq: 7 }] });
    const back = await tamper(`UPDATE movements SET at = at - interval '1 s' WHERE offer_id = $1 AND seq = 7`);
    expect(back.verified).toBe(true);
  });

  it('names the bucket whose counters were changed, and the one whose head was', async () => {
    const report = await tamper(
      'UPDATE buckets SET granted = granted + 5, available = available + 5 WHERE offer_id = $1',
    );
    expect(report.faults.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['wrong_balance', 'granted is 155, its movements add up to 150'],
      ['wrong_balance', 'available is 133, its movements add up to 128'],
    ]);
    const headless = await tamper(
      'UPDATE buckets SET granted = granted - 5, available = available - 5 WHERE offer_id = $1',
      `UPDATE buckets SET head = sha256(head) WHERE offer_id = $1`,
    );
    expect(headless).toMatchObject({ verified: false, faults: [{ kind: 'broken_chain' }] });
  });

  it.skipIf(IS_CITUS)('names the movement that was removed, and the transaction that misses it', async () => {
    const report = await tamper('DELETE FROM movements WHERE offer_id = $1 AND seq = 3');
    const kinds = new Set(report.faults.map(({ kind }) => kind));
    expect(report.faults).toContainEqual(expect.objectContaining({ kind: 'missing_movement', seq: 3 }));
    expect(kinds).toContain('missing_for_transaction');
  });
});
