import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/connectors/connector.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import type { HoldRequest } from '../../src/sales/hold.store.ts';
import { askNow } from '../../src/sales/reconcile/ask-now.ts';
import { decideTopup } from '../../src/sales/reconcile/decide-topup.ts';
import { leaseOpenCases, postponeCase } from '../../src/sales/reconcile/reconcile.store.ts';
import { resolveTopup } from '../../src/sales/resolve-topup.ts';
import type { TransactionKey } from '../../src/values/transaction-key.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';

/** What may happen to a transaction that is pending, in one process or another. */
type Act =
  /** The supplier says something: in its answer, by a callback, or when it is asked. */
  | { act: 'outcome'; outcome: Outcome }
  /** A person decides. */
  | { act: 'decide'; status: 'ok' | 'ko' | 'expired' }
  /** The client sends its request again, with its key. */
  | { act: 'repeat' };

const OUTCOMES: Outcome[] = [
  { outcome: 'ok', supplier_reference: 'R-1' },
  { outcome: 'ko', reason: 'line_barred', message: 'line barred' },
  { outcome: 'unknown', cause: 'no answer' },
];

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...OUTCOMES).map((outcome) => ({ act: 'outcome', outcome }) as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('ok', 'ko', 'expired').map((status) => ({ act: 'decide', status }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ act: 'repeat' } as const) },
);
/** Waves of acts; those of a wave happen at the same time, by turns in one process and the other. */
const waves = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

describe.each(STORAGE_ENGINES)('a transaction, whatever comes in about it in whatever order, on %s', (engine) => {
  let world: DemoPlace;
  let dbs: Db[];
  let contexts: Context[];
  let version: number;
  let owner: string;
  const contradictions: string[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    dbs = await world.openDbs();
    contexts = dbs.map((db) => contextOn(db, { alert: (message) => contradictions.push(message) }));
    const [row] = await (dbs[0] as Db).query<{ version: number }>('SELECT version FROM catalogue_version');
    version = row?.version ?? 0;
    const [offer] = await (dbs[0] as Db).query<{ distributor_id: string }>(
      'SELECT distributor_id FROM offers WHERE id = $1',
      [world.offer('msisdn')],
    );
    owner = offer?.distributor_id ?? '';
  });
  afterAll(async () => {
    await Promise.all((dbs ?? []).map((db) => db.close()));
    await world?.remove();
  });

  /** The orders under way, by their transactions. */
  const requests = new Map<string, HoldRequest>();
  async function begin(): Promise<TransactionKey> {
    const request: HoldRequest = {
      id: newId(),
      distributor_id: owner,
      offer_id: world.offer('msisdn'),
      offer_version: 1,
      line: '+33684587587',
      user_id: null,
      voucher_id: null,
      idempotency: { key: newId(), request_sha256: 'digest', life_s: 3_600 },
      catalogue_version: version,
    };
    expect(await contexts[0]?.store.hold(request)).toMatchObject({ result: 'held' });
    requests.set(request.id, request);
    return { distributor_id: owner, transaction_id: request.id };
  }

  it('is looked at now where somebody says that there is news, though it was left to a person', async () => {
    const [ctx, key] = [contexts[0] as Context, await begin()];
    await resolveTopup(ctx, key, { outcome: 'unknown', cause: 'no answer' });
    await postponeCase(ctx.store.db, key, null);
    const due = async (): Promise<string[]> =>
      (await leaseOpenCases(ctx.store.db, new Date(), 0, 100)).map(({ transaction_id }) => transaction_id);
    expect(await due()).not.toContain(key.transaction_id);
    const product_id = newId();
    await askNow(ctx, { ...key, number: 1, product_id, own_product_id: product_id, is_routed: false });
    expect(await due()).toContain(key.transaction_id);
    await resolveTopup(ctx, key, OUTCOMES[0] as Outcome);
  });

  it('ends once, in one state that all are told of, unless it proves delivered after all', async () => {
    const [db] = dbs as [Db];
    await fc.assert(
      fc.asyncProperty(waves, async (all) => {
        const key = await begin();
        const request = requests.get(key.transaction_id) as HoldRequest;
        const decided: string[] = [];
        let [resolved, final] = ['pending', 'pending'];
        for (const wave of [...all, [{ act: 'outcome', outcome: OUTCOMES[0] } as Act]]) {
          const doing = wave.map(async (each, nth): Promise<string | null> => {
            const ctx = contexts[nth % contexts.length] as Context;
            switch (each.act) {
              case 'outcome':
                return (await resolveTopup(ctx, key, each.outcome)).status;
              case 'decide': {
                const justification = 'the supplier was called';
                const made = await decideTopup(ctx, request.id, { status: each.status, justification }, 'somebody');
                if (!('reason' in made)) decided.push(each.status);
                return null;
              }
              case 'repeat':
                expect(await ctx.store.hold({ ...request, id: newId() })).toEqual({
                  result: 'known',
                  transaction_id: request.id,
                  request_sha256: 'digest',
                });
                return null;
            }
          });
          const told = await Promise.all(doing);
          const [row] = await db.query<{ resolved: string; status: string }>(
            `SELECT r.status AS resolved, o.status FROM resolutions r JOIN outcomes o USING (distributor_id, transaction_id)
             WHERE distributor_id = $1 AND transaction_id = $2`,
            [request.distributor_id, request.id],
          );
          const now = row?.status ?? 'pending';
          if (resolved !== 'pending') expect(row?.resolved).toBe(resolved);
          // What had come to nothing may prove delivered later; nothing else changes by itself.
          if (final !== 'pending' && final !== now) expect([resolved === 'ok', now]).toEqual([false, 'ok']);
          resolved = row?.resolved ?? 'pending';
          final = now;
          // Somebody without proof may have been told that it is pending, before another came with proof.
          const wrong = told.filter((status, nth) => {
            const asked = wave[nth] as Act;
            const proves = asked.act === 'outcome' && asked.outcome.outcome !== 'unknown';
            return status !== null && status !== final && status !== resolved && !(status === 'pending' && !proves);
          });
          expect(wrong).toEqual([]);
        }
        expect(final).toBe('ok');
        expect(decided.length).toBeLessThanOrEqual(1);
        for (const status of decided) expect(status).toBe(resolved);
        // Of a sale that had come to nothing, the delivery is told of, and refusals that come behind it.
        const refusals = all.flat().filter((each) => each.act === 'outcome' && each.outcome.outcome === 'ko').length;
        const told = contradictions.splice(0).length;
        expect(told).toBeGreaterThanOrEqual(resolved === 'ok' ? refusals : 1);
        expect(told).toBeLessThanOrEqual(resolved === 'ok' ? refusals : 1 + refusals);
      }),
      { numRuns: engine === 'postgresql' ? 150 : 60, seed: process.env['LONG'] ? Date.now() % 2 ** 31 : 1 },
    );
    expect(await proveLedger(db, world.offer('msisdn'))).toMatchObject({ held: 0, pending: 0 });
  });
});
